import { describe, expect, it } from 'bun:test'
import { parseAccount, toAccountText } from './account'
import { parseSignIns, parseTables } from './account-answers'

describe('an account in storage', () => {
  const tokens = { access: 'a', refresh: 'r', life: { forMs: 900_000, sinceMs: 1_795_296_000_000 } }

  it('comes back as it was kept', () => {
    for (const account of [
      { nick: 'wirt', tokens },
      { nick: null, tokens: { access: 'a', refresh: 'r' } },
    ])
      expect(parseAccount(toAccountText(account))).toEqual(account)
  })

  it.each([
    [null],
    [''],
    ['{"v":2}'],
    ['{"v":1,"nick":"wirt","tokens":{"access":"a"}}'],
    ['{"v":1,"tokens":{"access":"a","refresh":"r","life":{}}}'],
  ])('is none where %p was kept', (text) => {
    expect(parseAccount(text)).toBeNull()
  })
})

describe('the answers of an account', () => {
  it('list the devices, this one first and then the latest used', () => {
    const signIn = (id: string, lastUsedAt: number, current = false) => ({
      id,
      current,
      device: {},
      lastUsedAt,
    })
    const signIns = [signIn('old', 1), signIn('here', 2, true), signIn('new', 3)]
    expect(parseSignIns({ signIns }).map(({ id }) => id)).toEqual(['here', 'new', 'old'])
    expect(() => parseSignIns({ signIns: [{}] })).toThrow(TypeError)
  })

  it('list the tables', () => {
    const table = {
      id: 't',
      name: 'Phandalin',
      role: 'gm',
      player: { uuid: 'u', name: 'Mira' },
      lastPlayedAt: 5,
    }
    expect(parseTables({ tables: [table] })).toEqual([
      { id: 't', name: 'Phandalin', isGm: true, playerName: 'Mira', lastPlayedAt: 5 },
    ])
  })
})
