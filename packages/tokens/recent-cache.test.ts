import { describe, expect, it } from 'bun:test'
import { createRecentCache } from './recent-cache'

describe('a recent cache', () => {
  it('keeps no more than it may', () => {
    const cache = createRecentCache<number>(10)
    for (let n = 0; n < 1_000; n++) cache.set(`k${n}`, n)
    const kept = Array.from({ length: 1_000 }, (_, n) => n).filter((n) => cache.get(`k${n}`) !== undefined)
    expect(kept.length).toBeLessThanOrEqual(10)
    expect(kept.length).toBeGreaterThanOrEqual(5)
    expect(kept).toContain(999)
  })

  it('keeps what is asked for again and again, however much else comes by', () => {
    const cache = createRecentCache<string>(10)
    cache.set('asked for', 'here')
    for (let n = 0; n < 1_000; n++) {
      cache.set(`k${n}`, 'x')
      if (n % 3 === 0) expect(cache.get('asked for')).toBe('here')
    }
  })

  it('gives the latest value, and nothing after it was cleared', () => {
    const cache = createRecentCache<number>(2)
    cache.set('a', 1)
    cache.set('b', 2)
    cache.set('a', 3)
    expect(cache.get('a')).toBe(3)
    cache.clear()
    expect(cache.get('a')).toBeUndefined()
  })
})
