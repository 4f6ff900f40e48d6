import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { createJoinCode, parseJoinCode, plainAlphabet } from './join-code'
import { createRecoveryKey, parseRecoveryKey } from './recovery-key'
import { testRandom } from './testing/test-random'

describe('join codes', () => {
  it('[D1] have eight characters and none that looks like another', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const code = createJoinCode(testRandom(seed))
        expect(code).toMatch(/^[A-Z2-9]{8}$/)
        expect(code).not.toMatch(/[01OIL]/)
        expect(parseJoinCode(code)).toBe(code)
      }),
    )
  })

  it('[D1] are worth more than 30 bits', () => {
    expect(8 * Math.log2(plainAlphabet.length)).toBeGreaterThan(30)
  })

  it('are read without case, spaces and dashes', () => {
    for (const typed of ['abcd-efgh', ' ABCD EFGH ', 'aB-cD eF gH', 'ABCD–EFGH']) {
      expect(parseJoinCode(typed)).toBe('ABCDEFGH')
    }
  })

  it('are refused when too short, too long or with other characters', () => {
    for (const typed of ['', 'ABCDEFG', 'ABCDEFGHJ', 'ABCDEFG0', 'ABCDEFGO', 'АBCDEFGH', 'ABCD_EFGH']) {
      expect(parseJoinCode(typed)).toBeUndefined()
    }
  })
})

describe('recovery keys', () => {
  it('[I1] are four groups of five, worth at least 95 bits', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const key = createRecoveryKey(testRandom(seed))
        expect(key).toMatch(/^[A-Z2-9]{5}(-[A-Z2-9]{5}){3}$/)
        expect(parseRecoveryKey(key)).toBe(key)
      }),
    )
    expect(20 * Math.log2(plainAlphabet.length)).toBeGreaterThan(95)
  })

  it('are read as people type them', () => {
    const key = createRecoveryKey(testRandom(1))
    expect(parseRecoveryKey(key.toLowerCase().replaceAll('-', ' '))).toBe(key)
    expect(parseRecoveryKey(key.replaceAll('-', ''))).toBe(key)
    expect(parseRecoveryKey(key.slice(1))).toBeUndefined()
  })
})
