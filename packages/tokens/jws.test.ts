import { describe, expect, it } from 'bun:test'
import { isKeyId, openJws } from './jws'
import { encode } from './test-support/targets'

const form = { algorithm: 'HS256', types: ['x+jwt', undefined] }
const header = { alg: 'HS256', typ: 'x+jwt', kid: 'k1' }
const open = (changes: object) => openJws(`${encode({ ...header, ...changes })}.e30.AAAA`, form)

describe('opening a token', () => {
  it('gives its parts, and the very text that was signed', () => {
    expect(openJws(`${encode(header)}.e30.AAAA`, form)).toEqual({
      type: 'x+jwt',
      keyId: 'k1',
      unverifiedPayload: Buffer.from('{}'),
      signingInput: `${encode(header)}.e30`,
      signature: Buffer.alloc(3),
    })
  })

  it('says what is wrong, in the order of what it costs to find out', () => {
    expect(openJws('x'.repeat(4_097), form)).toBe('length')
    expect(openJws(undefined, form)).toBe('length')
    expect(openJws('x', form)).toBe('encoding')
    expect(open({ jku: 'x' })).toBe('header')
    expect(open({ alg: 'none' })).toBe('algorithm')
    expect(open({ typ: 'y+jwt' })).toBe('type')
    expect(open({ kid: '../../dev/null' })).toBe('key-id')
  })

  it('takes a missing typ only where none is expected', () => {
    const { typ: _typ, ...bare } = header
    const token = `${encode(bare)}.e30.AAAA`
    expect(openJws(token, form)).toMatchObject({ type: undefined })
    expect(openJws(token, { ...form, types: ['x+jwt'] })).toBe('type')
    expect(open({ typ: null })).toBe('type')
  })

  it('[SEC-42] takes key ids of 1 to 128 plain characters', () => {
    for (const kid of ['k', 'k'.repeat(128), 'room-1_x.2', 'bilbo@example', 'a:b='])
      expect(isKeyId(kid)).toBe(true)
    for (const kid of ['', 'k'.repeat(129), 'a/b', 'a b', "a'b", 'a"b', 'é', 'k\n', 1, null, ['k']])
      expect(isKeyId(kid)).toBe(false)
  })
})
