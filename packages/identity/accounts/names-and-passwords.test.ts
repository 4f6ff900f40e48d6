import { describe, expect, it } from 'bun:test'
import { refuseLength, requireGoodPassword } from './password-rules'
import { parseUsername } from './username'

describe('parseUsername', () => {
  it('reads ASCII capitals as small letters, and nothing else', () => {
    expect(parseUsername('Wirt.Greyhill_7-x')).toBe('wirt.greyhill_7-x')
    for (const bad of [
      '',
      'ab',
      '-abc',
      'abc ',
      'ab\0c',
      'Al\u200bice',
      '\u212Aelvin',
      'ſtaff1',
      'a'.repeat(33),
    ]) {
      expect(parseUsername(bad)).toBeUndefined()
    }
  })
})

describe('password rules', () => {
  it('[SEC-155] count characters, not bytes', () => {
    expect(refuseLength('\u{1f409}'.repeat(7))).toBe('too_short')
    expect(refuseLength('\u{1f409}'.repeat(8))).toBeUndefined()
    expect(refuseLength('\u{1f409}'.repeat(128))).toBeUndefined()
    expect(refuseLength('\u{1f409}'.repeat(129))).toBe('too_long')
    expect(refuseLength('lone \udc00 half')).toBe('malformed')
  })

  it('[SEC-156] refuse what everybody tries, and say why', () => {
    const reasonOf = (password: string, names: readonly string[] = ['wirt', 'Greyhill']): unknown => {
      try {
        requireGoodPassword(password, names)
        return undefined
      } catch (error) {
        return error instanceof Error && 'extras' in error ? error.extras : error
      }
    }
    for (const password of ['PASSWORD', 'iloveyou', 'qwertyuiop', '11111111', '12121212', '\0'.repeat(9)]) {
      expect(reasonOf(password)).toEqual({ reason: 'common' })
    }
    for (const password of ['greyhill', 'Grey-hill-1990!', '0wirt0000', 'INNKEEPER']) {
      expect(reasonOf(password)).toEqual({ reason: 'own_name' })
    }
    for (const password of ['greyhill runs north', 'wirt and greg', '4815-1623-42', 'пароль мой длинный']) {
      expect(reasonOf(password)).toBeUndefined()
    }
  })
})
