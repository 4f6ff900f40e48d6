import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { confusablesVersion } from './confusables.generated'
import { loadConfusables } from './confusables'
import { skeleton } from './skeleton'

/** Every code point of the planes that names are written in, in runs of 64. */
const everyRun = function* () {
  for (let start = 0; start <= 0x1ffff; start += 64) {
    if (start >= 0xd800 && start <= 0xf8ff) continue
    yield String.fromCodePoint(...Array.from({ length: 64 }, (_, at) => start + at))
  }
}

describe('looks the same', () => {
  const pairs = [
    ...[
      ['сосо', 'coco'],
      ['ϲοϲο', 'coco'],
      ['ТОРИН', 'торин'],
      ['Νίκος', 'νίκος'],
      ['ΝΙΚΟ', 'NIKO'],
      ['ѕсоре', 'scope'],
      ['Ꭺlice', 'alice'],
    ],
    ...[
      ['Bill', 'BI11'],
      ['O0o', '0oO'],
      ['modern', 'modem'],
      ['vvow', 'wow'],
      ['Tor!n', 'torın'],
      ['ᴛᴏʀɪɴ', 'Torin'],
    ],
    ...[
      ['ﬁn', 'fin'],
      ['Ⅷ', 'VIII'],
      ['Çağrı', 'ÇAĞRI'],
      ['İlker', 'Ilker'],
      ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
      ['ΓΙΏΡΓΟΣ', 'γιώργος'],
    ],
    ...[
      ['Tor\u200bin', 'Torin'],
      ['ಓo', 'ఓo'],
    ],
  ] as const
  for (const [left, right] of pairs) {
    it(`[SEC-134] ${left} and ${right}`, () => expect(skeleton(left)).toBe(skeleton(right)))
  }

  it('[SEC-149] the composed and the decomposed form of a name', () => {
    for (const name of ['José', 'Nguyễn Thị', '김민준', 'Їжак', 'Ångström', 'が']) {
      expect(skeleton(name.normalize('NFC'))).toBe(skeleton(name.normalize('NFD')))
    }
  })
})

describe('looks different', () => {
  for (const [left, right] of [
    ['José', 'Jose'],
    ['Nina', 'Viva'],
    ['Dr. Who', 'Dr Who'],
    ['Yuna', 'Vyna'],
    ['Торин', 'Ворин'],
  ] as const) {
    it(`${left} and ${right}`, () => expect(skeleton(left)).not.toBe(skeleton(right)))
  }

  const alphabets = {
    Latin: [...'abcdefghjklmnopqrstuvwxyz023456789'],
    Greek: [...'αβγδεζηθικλμνξοπρστυφχψω'],
    Cyrillic: [...'абвгдежзийклмнопрстуфхцчшщъыьэюя'],
  }
  for (const [script, letters] of Object.entries(alphabets)) {
    it(`every basic ${script} letter from every other, but for those meant to be alike`, () => {
      const distinct = new Set(letters.map(skeleton))
      expect(distinct.size).toBe(letters.length - (script === 'Latin' ? 1 : 0))
      expect(letters.map((letter) => skeleton(letter.toUpperCase()))).toEqual(letters.map(skeleton))
    })
  }
})

describe('properties', () => {
  it('a skeleton is its own skeleton, for every code point there is', () => {
    for (const run of everyRun()) {
      const once = skeleton(run)
      if (skeleton(once) !== once) throw new Error(`Not stable: U+${run.codePointAt(0)?.toString(16)} and on`)
    }
  })

  it('a skeleton is its own skeleton, for every text, lone surrogates too', () => {
    const parts = [...loadConfusables().keys(), '\u0307', '\u0323', '\ud800', 'i', 'İ', '가', ' ']
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...parts)).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (sample) => {
        const once = skeleton(sample)
        expect(skeleton(once)).toBe(once)
        expect(skeleton(sample.normalize('NFD'))).toBe(skeleton(sample.normalize('NFC')))
      }),
      { numRuns: 3_000 },
    )
  })

  it('comes from a table of the Unicode version that is named', () => {
    expect(confusablesVersion).toMatch(/^\d+\.\d+\.\d+$/)
    expect(loadConfusables().size).toBeGreaterThan(2_000)
  })
})
