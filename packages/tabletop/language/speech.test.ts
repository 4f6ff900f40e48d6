import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { languages } from './languages'
import { createSpeech } from './speech'

describe.each([...languages])('numbers in %s', (language) => {
  const { number, signed } = createSpeech(language)
  const value = fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: -4000, max: 4000 }))

  it('are what the runtime makes of them, with a minus that is one', () => {
    const plain = new Intl.NumberFormat(language)
    const withSign = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' })
    fc.assert(
      fc.property(value, fc.boolean(), (whole, isHalf) => {
        const given = isHalf ? whole / 2 : whole
        expect(number(given)).toBe(plain.format(given).replace('-', '−'))
        expect(signed(given)).toBe(withSign.format(given).replace('-', '−'))
      }),
    )
  })
})
