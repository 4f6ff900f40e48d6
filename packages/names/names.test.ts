import { describe, expect, it } from 'bun:test'
import { AppError } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import fc from 'fast-check'
import { parseName, requireName, type NameOptions } from './names'
import { accountNames, createReservedNames, guestNames, seatNames } from './reserved-names'

/** The refusal's code, or the accepted name. */
function outcome(value: unknown, options?: NameOptions): string {
  const parsed = parseName(value, options)
  return 'refused' in parsed ? parsed.refused : parsed.name
}

const shown = (text: string) =>
  JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (one) => `U+${one.codePointAt(0)?.toString(16)}`)
const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))

describe('ordinary names', () => {
  const ordinary = [
    ...[
      'José',
      'Zoë',
      'François',
      'Łukasz',
      'Søren',
      'Ægir',
      'Straße',
      'Çağrı',
      'İbrahim',
      'Þórdís',
      'Ñandú',
      'Dvořák',
    ],
    ...[
      'Торин',
      'Їжак',
      'Ђорђе',
      'Αλέξανδρος',
      'Նարեկ',
      'გიორგი',
      '李雷',
      '李〇',
      'さくら',
      'サクラー',
      '山田太郎',
      '佐々木',
    ],
    ...['김민준', 'नमस्ते', 'क्षितिज', 'অনিন্দ্য', 'தமிழ்', 'తెలుగు', 'ಕನ್ನಡ', 'മലയാളം', 'ਗੁਰਪ੍ਰੀਤ', 'ગુજરાતી', 'සමන්'],
    ...[
      'สมชาย',
      'ที่รัก',
      'น้ำฝน',
      'ສົມພອນ',
      'សុខា',
      'မြို့သား',
      'སྒྲོལ་མ'.replace('་', ' '),
      'محمد',
      'مُحَمَّد',
      'فاطمة',
      'آرش',
    ],
    ...[
      'שרה',
      'שַּׁבָּת',
      'צ׳רלי',
      'ሰላም',
      'Nguyễn Thị Mỹ Linh',
      'Trần Đức',
      "O'Brien",
      'O’Brien',
      'ʻOkina',
      'Jean-Luc',
      'Dr. Who',
    ],
    ...[
      'xX_Torin_Xx',
      '_Shadow_',
      'player123',
      'Tom & Jerry',
      'Ivan (GM)',
      'Al·lèlia',
      'DJ Вася',
      'DJสมชาย',
      'Player²',
      'ok 李雷',
    ],
    ...['ᚱᚢᚾᛖ', 'ᏣᎳᎩ', 'Modesto', 'Rooter', 'Adminah', 'Al', '42'],
  ]
  for (const name of ordinary) {
    it(`accepts ${name}`, () => expect(outcome(name)).toBe(name.normalize('NFC')))
  }

  it('trims ordinary and ideographic spaces at the ends and makes one of several inside', () => {
    expect(outcome('  Dr.   Who ')).toBe('Dr. Who')
    expect(outcome('山田　太郎　')).toBe('山田 太郎')
  })

  it('shows the composed form', () => expect(outcome('Jose\u0301')).toBe('Jos\u00e9'))
})

describe('forbidden characters [SEC-129, SEC-131, SEC-132]', () => {
  const invisible = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad']
  const direction = [...between(0x202a, 0x202e), ...between(0x2066, 0x2069), '\u200e', '\u200f', '\u061c']
  const control = [...between(0, 0x1f), ...between(0x7f, 0x9f), '\u001b[31m', '\u2028', '\u2029']
  const other = [
    '\u034f',
    '\u115f',
    '\u3164',
    '\uffa0',
    '\ufe0f',
    '\u00a0',
    '\u2003',
    '\ue000',
    '\u{10ffff}',
    '\u0378',
    '\ufffd',
  ]
  const groups = { 129: invisible, 131: direction, 132: control, '142b': other }
  for (const [security, characters] of Object.entries(groups)) {
    it(`[SEC-${security}] refuses each of ${characters.length} inside, before and behind a name`, () => {
      for (const one of characters) {
        for (const name of [`Al${one}ice`, `${one}Alice`, `Alice${one}`, ` ${one} Alice`]) {
          expect([shown(name), outcome(name)]).toEqual([shown(name), 'forbidden_char'])
        }
      }
    })
  }

  it('[SEC-130] refuses a leading U+FEFF rather than trimming it', () => {
    expect(outcome('\ufeffAlice')).toBe('forbidden_char')
    expect(outcome('Alice\t')).toBe('forbidden_char')
  })

  it('[SEC-142] refuses lone surrogates', () => {
    for (const name of ['a\ud800b', '\udc00ab', 'ab\ud83d']) expect(outcome(name)).toBe('forbidden_char')
  })

  it('[SEC-144] refuses the signs that markup, templates, shells and spreadsheets act on', () => {
    const hostile = [
      '<b>x</b>',
      '"><script>',
      '{{7*7}}',
      '${x}',
      '%0a',
      '=cmd()',
      "' OR 1=1",
      '-1+1',
      '@SUM(A1)',
      '+cmd',
    ]
    for (const name of [...hostile, '`id`', 'a\\b', 'a/b', 'a;b', 'a|b', 'a#b', 'a:b', '-ab', '[x](y)']) {
      expect([name, outcome(name)]).toEqual([name, 'forbidden_char'])
    }
  })
})

describe('reserved names [SEC-135, SEC-136]', () => {
  const spaced = ['ａｄｍｉｎ', '𝐀𝐝𝐦𝐢𝐧', 'ádmin', 'a.d.m.i.n', 'a d m i n', 'ſtaff', 'ADMIN']
  const folded = [
    'Adm1n',
    'admın',
    'adm!n',
    'аdmin',
    'adm|n',
    'admіn',
    'AdmIn',
    'adrnin',
    'ᴀᴅᴍɪɴ',
    'ⓐⓓⓜⓘⓝ',
    '@dmin',
    '4dmin',
  ]
  const around = [
    'admin1',
    'Admin 007',
    '~Admin~',
    '1nnkeeper',
    '1nnkeeper 5',
    'm0d',
    'M0dera70r',
    'Server Admin',
    '🎲Admin🎲',
    'undefined',
  ]
  const groups = {
    135: spaced,
    136: folded,
    '136b': around,
    146: ['Guest-1234', 'guest', 'GUEST', 'Gu3st', 'ɢuest', 'guеst_7', 'G.u.e.s.t 1'],
  }
  for (const [security, names] of Object.entries(groups)) {
    for (const name of names)
      it(`[SEC-${security}] refuses ${name}`, () => expect(outcome(name)).toBe('reserved'))
  }

  it('[SEC-146] leaves the name Guest to guests', () => {
    expect(outcome('Guest-1234', { reserved: guestNames })).toBe('Guest-1234')
    expect(outcome('Adm1n', { reserved: guestNames })).toBe('reserved')
  })

  it('lets whoever leads a table be called GM, and nobody else', () => {
    expect(outcome('GM', { reserved: seatNames })).toBe('GM')
    expect(outcome('GM', { reserved: accountNames })).toBe('reserved')
    expect(outcome('Moderator', { reserved: seatNames })).toBe('reserved')
  })

  it('takes any list, or none', () => {
    const list = createReservedNames({ words: ['strahd'] })
    expect(outcome('Str4hd', { reserved: list })).toBe('reserved')
    expect(outcome('Admin', { reserved: list })).toBe('Admin')
    expect(outcome('Admin', { reserved: false })).toBe('Admin')
    expect(outcome('Admin', { reserved: true })).toBe('reserved')
  })
})

describe('lengths and marks', () => {
  it('counts what a reader counts, at the limits and one past them', () => {
    const { nickMinGraphemes: min, nickMaxGraphemes: max } = limits
    for (const one of ['a', 'я', '李', 'ด้', '한', 'e\u0323\u0301']) {
      expect(outcome(one.repeat(min - 1))).toBe('too_short')
      expect(outcome(one.repeat(min))).toBe(one.repeat(min).normalize('NFC'))
      expect(outcome(one.repeat(max))).toBe(one.repeat(max).normalize('NFC'))
      expect(outcome(one.repeat(max + 1))).toBe('too_long')
    }
    expect(outcome('')).toBe('too_short')
    expect(outcome('     ')).toBe('too_short')
  })

  it('takes other limits for other names', () => {
    expect(outcome('x'.repeat(60), { minGraphemes: 1, maxGraphemes: 60 })).toBe('x'.repeat(60))
    expect(outcome('x'.repeat(61), { minGraphemes: 1, maxGraphemes: 60 })).toBe('too_long')
    expect(outcome('x', { minGraphemes: 1 })).toBe('x')
  })

  it('[SEC-139] measures the compatibility form too: U+FDFA is a phrase of 18', () => {
    expect(outcome('\ufdfa'.repeat(3))).toBe('too_long')
  })

  it('refuses a single grapheme without end', () => {
    expect(outcome('a' + '\u1100'.repeat(200))).toBe('too_long')
    expect(outcome('aक' + '्क'.repeat(100))).toBe('too_long')
  })

  it('answers at once for a megabyte', () => expect(outcome('a\u0301'.repeat(500_000))).toBe('too_long'))

  it('[SEC-140] refuses more than two marks in a row, and marks without a letter', () => {
    expect(outcome('Al' + '\u0301\u0316'.repeat(15) + 'ice')).toBe('too_many_marks')
    expect(outcome('x\u0323\u0324\u0325y')).toBe('too_many_marks')
    expect(outcome('x\u0323\u0324y')).toBe('x\u0323\u0324y')
    expect(outcome('\u0301ab')).toBe('too_many_marks')
    expect(outcome('a \u0301b')).toBe('too_many_marks')
  })
})

describe('emoji', () => {
  const emoji = {
    dice: '🎲',
    heart: '❤️',
    family: '👨‍👩‍👧‍👦',
    flag: '🇧🇷',
    england: '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    keycap: '1️⃣',
    tone: '👍🏽',
    pair: '👩🏻‍❤️‍💋‍👨🏿',
  }
  for (const [kind, one] of Object.entries(emoji)) {
    it(`[SEC-141] a ${kind} beside letters counts as one character`, () => {
      expect(outcome(`a${one}`)).toBe(`a${one}`)
      expect(outcome(`a${one.repeat(19)}`)).toBe(`a${one.repeat(19)}`)
      expect(outcome(`a${one.repeat(20)}`)).toBe('too_long')
    })
    it(`[SEC-141] a ${kind} alone is no name`, () => expect(outcome(one.repeat(2))).toBe('no_letters'))
  }

  it('[SEC-141] parts of emoji are not emoji', () => {
    for (const part of ['👩\u200d', '\u200d👩', '😀\ufe0f', '\ufe0f', '\u20e3', '\u{e0067}']) {
      expect([shown(part), outcome(`ab${part}`)]).toEqual([shown(part), 'forbidden_char'])
    }
    expect(outcome('ab🇧')).toBe('forbidden_char')
    expect(outcome('ab☺')).toBe('forbidden_char')
    expect(outcome('!?')).toBe('no_letters')
  })
})

describe('mixed scripts', () => {
  it('refuses alphabets that look alike within one word', () => {
    for (const name of ['pаypal', 'Τorin', 'Тοрин', 'Gοd', 'ՕlԼie', 'Ꭺlice', 'ᚱuna', 'Торin']) {
      expect([name, outcome(name)]).toEqual([name, 'mixed_scripts'])
    }
  })

  it('allows what people mix', () => {
    for (const name of ['Taro太郎', '東京タワーx', 'BTS방탄', 'DJสมชาย', 'Vasya Вася', 'Торин3000']) {
      expect(outcome(name)).toBe(name)
    }
  })
})

describe('input that is no text', () => {
  it('[SEC-145] is 400 validation-failed', () => {
    for (const value of [7, null, undefined, [], ['Alice'], {}, { toString: () => 'Alice' }, true]) {
      expect(outcome(value)).toBe('not_text')
      expect(() => requireName(value)).toThrow(
        expect.objectContaining({ code: 'validation-failed', status: 400 }),
      )
    }
  })

  it('a refused text is name-refused with its reason, and never repeats the name', () => {
    const caught = (() => {
      try {
        return requireName('Adm1n')
      } catch (error) {
        return error
      }
    })()
    expect(caught).toBeInstanceOf(AppError)
    expect(caught).toMatchObject({ code: 'name-refused', status: 400, extras: { reason: 'reserved' } })
    expect(String(caught)).not.toContain('Adm1n')
    expect(requireName(' Alice ').name).toBe('Alice')
  })

  it("[SEC-137] names of an object's own members are ordinary text", () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf']) {
      expect(outcome(name)).toBe(name)
    }
  })
})

describe('properties', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 24 })
      .map((units) => String.fromCharCode(...units)),
    fc.array(fc.constantFrom(...'ab1İıiйЖν가각กำ́̈\u200d❤️👩🇧🎲 　.-_!')).map((parts) => parts.join('')),
  )

  it('never throws, and what is accepted parses to itself with the same skeleton', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const first = parseName(text, { reserved: false })
        if ('refused' in first) return
        expect(parseName(first.name, { reserved: false })).toEqual(first)
        expect(parseName(text.normalize('NFD'), { reserved: false })).toEqual(first)
      }),
      { numRuns: 3_000 },
    )
  })

  it('a plain name gets the answer that it gets with a space at its end, which has to be tidied', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aAmdin0gGst1x'), minLength: 1, maxLength: 12 })
    const plainName = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
    const answers = new Set<string>()
    fc.assert(
      fc.property(plainName, fc.constantFrom(undefined, false, guestNames), (name, reserved) => {
        const options = reserved === undefined ? {} : { reserved }
        const parsed = parseName(name, options)
        answers.add('refused' in parsed ? parsed.refused : 'accepted')
        expect(parsed).toEqual(parseName(`${name} `, options))
      }),
      {
        numRuns: 3_000,
        examples: [
          ['admin', guestNames],
          ['a', false],
          ['Guest 12', undefined],
        ],
      },
    )
    expect(answers).toEqual(new Set(['accepted', 'too_short', 'too_long', 'reserved']))
  })

  it('what is accepted has no invisible character outside an emoji, and a letter or digit', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseName(text)
        if ('refused' in parsed) return
        const plain = parsed.name.replace(/\p{RGI_Emoji}/gv, ' ')
        expect(plain).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u)
        expect(plain).toMatch(/[\p{L}\p{N}]/u)
        expect(plain).not.toMatch(/[<>"`{}$%=#;:|\\/@+*^[\]]/u)
        expect(parsed.name).toBe(parsed.name.trim())
      }),
      { numRuns: 3_000 },
    )
  })
})
