import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { backoffMs, jitteredMs } from './backoff'

const least = { below: () => 0 }
const most = { below: (bound: number) => bound - 1 }

describe('backoffMs', () => {
  it('doubles from half a second up to eight', () => {
    expect([0, 1, 2, 3, 4, 5, 1_000].map((failures) => backoffMs(failures, most))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ])
  })

  it('leaves half of the wait to chance', () => {
    fc.assert(
      fc.property(fc.nat(2_000), (failures) => {
        expect(backoffMs(failures, least) * 2).toBe(backoffMs(failures, most))
      }),
    )
  })
})

describe('jitteredMs', () => {
  it('is never shorter than asked, and at most a quarter longer', () => {
    expect([jitteredMs(2_000, least), jitteredMs(2_000, most), jitteredMs(0, most)]).toEqual([
      2_000, 2_500, 0,
    ])
  })
})
