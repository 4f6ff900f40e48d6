import { describe, expect, it } from 'bun:test'
import { filledLineOf, lineOf, textOf } from './plain-text'

const family = '👨‍👩‍👧'

describe('a line', () => {
  it('is kept without the spaces around it', () => {
    expect(lineOf(5).parse('  Ana ')).toBe('Ana')
  })

  it('is counted in graphemes: at the limit and one past it', () => {
    expect(lineOf(3).safeParse('á'.normalize('NFD').repeat(3)).success).toBe(true)
    expect(lineOf(3).safeParse('á'.normalize('NFD').repeat(4)).success).toBe(false)
    expect(lineOf(20).safeParse(family.repeat(20)).success).toBe(true)
    expect(lineOf(20).safeParse(family.repeat(21)).success).toBe(false)
  })

  it.each(['a\nb', 'a\tb', 'a\u0000b', 'a\u202Eb', 'a\u2028b', 'a\uD800b'])('is plain: not %j', (text) => {
    expect(lineOf(10).safeParse(text).success).toBe(false)
  })

  it.each(['', '   ', '\u200B', '\u00AD', '\u3164', '\u2800'])('that says something is not %j', (text) => {
    expect(filledLineOf(10).safeParse(text).success).toBe(false)
    expect(lineOf(10).safeParse(text).success).toBe(true)
  })
})

describe('a text', () => {
  it('has lines that end in one way, and no tabs', () => {
    expect(textOf(20).parse(' one\r\ntwo\rthree\n\tfour ')).toBe('one\ntwo\nthree\n four')
  })

  it.each(['a\u0000b', 'a\u202Eb', 'a\u2029b', 'a\u001Bb'])('is plain: not %j', (text) => {
    expect(textOf(10).safeParse(text).success).toBe(false)
  })

  it('is counted in graphemes: at the limit and one past it', () => {
    expect(textOf(4).safeParse('a\nbc').success).toBe(true)
    expect(textOf(4).safeParse('a\nbcd').success).toBe(false)
  })
})
