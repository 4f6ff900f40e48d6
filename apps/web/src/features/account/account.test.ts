import { describe, expect, it } from 'bun:test'
import { parseAccount, toAccountText } from './account'
import { parseTables } from './account-answers'

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
