import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { parseStrictObject } from './strict-json'

const parse = (text: string) => parseStrictObject(Buffer.from(text))
const plainName = fc.string().filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name))
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, ':', '"', '\\', '{"a":1}'),
    fc.integer(),
    fc.string(),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(plainName, tie('value'), { maxKeys: 4 }),
})).object

describe('strict JSON', () => {
  it('gives back every plain object, whatever its texts hold', () => {
    fc.assert(fc.property(anyValue, (value) => expect(parse(JSON.stringify(value))).toEqual(value as never)))
  })

  it('[SEC-25] [SEC-26] refuses any object in which any one member is written twice', () => {
    const pair = fc.tuple(
      fc.dictionary(plainName, fc.jsonValue(), { minKeys: 1, maxKeys: 5 }),
      fc.nat(),
      fc.boolean(),
      fc.boolean(),
    )
    fc.assert(
      fc.property(pair, ([object, pick, isEscaped, isNested]) => {
        const names = Object.keys(object)
        const name = names[pick % names.length] ?? ''
        const units = Array.from({ length: name.length }, (_, at) => name.charCodeAt(at))
        const escaped = `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`
        const twice = `{${isEscaped ? escaped : JSON.stringify(name)}:1,${JSON.stringify(object).slice(1)}`
        expect(parse(isNested ? `{"a":[{"b":${twice}}]}` : twice)).toBeUndefined()
      }),
    )
  })

  it('[SEC-29] refuses names that reach for a prototype, at any depth and in any spelling', () => {
    for (const name of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
      for (const text of [`{"${name}":1}`, `{"a":{"${name}":1}}`, `{"a":[[{"${name}":1}]]}`])
        expect(parse(text)).toBeUndefined()
    }
    expect(parse('{"a":"__proto__"}')).toEqual({ a: '__proto__' })
  })

  it('[SEC-31] takes 8 levels and refuses the ninth', () => {
    const deep = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    expect(parse(deep(8))).toBeDefined()
    expect(parse(deep(9))).toBeUndefined()
    expect(parse(`{"a":"${'['.repeat(100)}"}`)).toBeDefined()
  })

  it('[SEC-27] refuses what is not one object in UTF-8', () => {
    for (const text of ['', '[]', '1', 'null', '"x"', '{}{}', '{} x', "{'a':1}", '{"a":1,}', '\ufeff{}'])
      expect(parse(text)).toBeUndefined()
    for (const bytes of [
      [0x7b, 0xff, 0x7d],
      [0x7b, 0x22, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d],
      [0xff, 0xfe, 0x7b, 0, 0x7d, 0],
    ]) {
      expect(parseStrictObject(new Uint8Array(bytes))).toBeUndefined()
    }
  })

  it('takes time in proportion to the length', () => {
    const timed = (members: number) => {
      const bytes = Buffer.from(
        JSON.stringify(Object.fromEntries(Array.from({ length: members }, (_, n) => [`name${n}`, n]))),
      )
      const rounds = Array.from({ length: 9 }, () => {
        const started = performance.now()
        parseStrictObject(bytes)
        return performance.now() - started
      })
      return Math.min(...rounds)
    }
    timed(2_000)
    expect(timed(20_000) / timed(2_000)).toBeLessThan(60)
  })
})
