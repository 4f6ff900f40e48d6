import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { TokenBucket } from './token-bucket'

const rate = { perSecond: 10, burst: 3 }

function takes(bucket: TokenBucket, ...times: readonly number[]): readonly boolean[] {
  return times.map((nowMs) => bucket.take(nowMs))
}

describe('TokenBucket', () => {
  it('lets a burst through and refuses one past it', () => {
    expect(takes(new TokenBucket(rate, 0), 0, 0, 0, 0)).toEqual([true, true, true, false])
  })

  it('has another token after its part of a second, and not a moment earlier', () => {
    const bucket = new TokenBucket(rate, 1_000)
    takes(bucket, 1_000, 1_000, 1_000)
    expect(takes(bucket, 1_099, 1_100, 1_100)).toEqual([false, true, false])
  })

  it('saves up a burst and no more, however long nobody speaks', () => {
    const bucket = new TokenBucket(rate, 0)
    takes(bucket, 0, 0, 0)
    const later = 3_600_000
    expect(takes(bucket, later, later, later, later)).toEqual([true, true, true, false])
  })

  it('takes nothing away when the clock is set back, and goes on from there', () => {
    const bucket = new TokenBucket(rate, 10_000)
    expect(takes(bucket, 10_000, 5_000, 5_000, 5_000, 5_100)).toEqual([true, true, true, false, true])
  })

  it('lets through what its rate allows on the long run, at whatever moments it is asked', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 })
    fc.assert(
      fc.property(
        pauses,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (waits, perSecond, burst) => {
          const bucket = new TokenBucket({ perSecond, burst }, 0)
          let now = 0
          let passed = 0
          for (const wait of waits) {
            now += wait
            if (bucket.take(now)) passed += 1
          }
          const allowed = burst + (now * perSecond) / 1_000
          expect(passed).toBeLessThanOrEqual(allowed + 1e-6)
          if (passed < waits.length) expect(passed).toBeGreaterThanOrEqual(Math.min(burst, waits.length))
        },
      ),
    )
  })
})
