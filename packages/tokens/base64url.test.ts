import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { parseBase64url, toBase64url } from './base64url'

describe('writing base64url', () => {
  it('gives every text the spelling of its bytes, whatever was written before it and however long it is', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      // Around the size that is written without a buffer of its own, in letters of one to three bytes.
      fc
        .tuple(fc.constantFrom('a', 'é', '龍'), fc.integer({ min: 1_300, max: 4_200 }))
        .map(([letter, count]) => letter.repeat(count)),
    )
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (texts) => {
        for (const text of texts) expect(toBase64url(text)).toBe(Buffer.from(text).toString('base64url'))
      }),
    )
  })
})

describe('a base64url segment', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

  it('is read back to the bytes that were written', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseBase64url(Buffer.from(bytes).toString('base64url'))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('[SEC-11] [SEC-12] [SEC-14] has one spelling: plain letters, no padding, no bit that no byte uses', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'ABQgwEIMYckos048_-+/= zé\n'), maxLength: 9 })
    const isCanonical = (text: string) => {
      const isPlain = Array.from(text).every((letter) => alphabet.includes(letter))
      const unusedBits = { 0: 0, 2: 4, 3: 2 }[text.length % 4]
      return (
        isPlain && unusedBits !== undefined && alphabet.indexOf(text.at(-1) ?? 'A') % 2 ** unusedBits === 0
      )
    }
    fc.assert(
      fc.property(letters, (text) => {
        expect(parseBase64url(text) !== undefined).toBe(isCanonical(text))
      }),
      { numRuns: 2_000 },
    )
  })
})
