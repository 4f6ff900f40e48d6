import { describe, expect, it } from 'bun:test'
import { parseStoredPair, parseTokenPair } from './token-pair'

describe('a token pair', () => {
  it('has its life from the answer, by the clock of this device', () => {
    const before = Date.now()
    const pair = parseTokenPair({ accessToken: 'a', refreshToken: 'r', expiresIn: 1_800 })
    expect(pair).toMatchObject({ access: 'a', refresh: 'r', life: { forMs: 1_800_000 } })
    expect(pair.life?.sinceMs).toBeWithin(before, Date.now() + 1)
    expect(parseStoredPair(JSON.parse(JSON.stringify(pair)))).toEqual(pair)
  })

  it('of an older version has no life, and half a pair is none', () => {
    expect(parseStoredPair({ access: 'a', refresh: 'r' })).toEqual({ access: 'a', refresh: 'r' })
    for (const half of [
      { access: 'a' },
      { access: 'a', refresh: '' },
      { access: 'a', refresh: 'r', life: {} },
    ])
      expect(() => parseStoredPair(half)).toThrow(TypeError)
  })
})
