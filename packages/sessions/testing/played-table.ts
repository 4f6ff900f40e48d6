import { expect } from 'bun:test'
import { joinTable, openTable, type Grant } from './table'
import type { Answer, SessionsUnderTest } from './test-sessions'

/** A table with a fight under way and a log of everything: characters, damage, turns and rolls that not everyone sees. */
export interface PlayedTable {
  readonly gm: Grant
  readonly ana: Grant
  readonly boris: Grant
}

/** Plays for a while; `XYZZY` is in all that the GM keeps secret, `PLUGH` in what a player does. */
export async function playedTable(under: SessionsUnderTest): Promise<PlayedTable> {
  const gm = await openTable(under, { language: 'ru', edition: '2024' })
  const [ana, boris] = [
    await joinTable(under, gm.session.code, 'Ana'),
    await joinTable(under, gm.session.code, 'Boris'),
  ]
  const give = async (who: Grant, path: string, body: unknown = {}) => {
    const answer = await under.ask('POST', path, { token: who.accessToken, body })
    expect({ path, ok: answer.status < 300, text: answer.text.slice(0, 200) }).toMatchObject({ ok: true })
    return answer.json
  }
  const hero = await give(ana, '/api/characters', { name: 'Торин', sheet: { maxHitPoints: 30 } })
  await give(boris, '/api/characters', { name: '<b>Bo</b> *the* [x](http://evil.ex)' })
  const spy = { kind: 'custom', stats: { name: 'XYZZY', maxHp: 9 }, isHidden: true }
  const goblins = { kind: 'monster', monster: 'goblin', count: 2 }
  await give(gm, '/api/combat/combatants', {
    combatants: [{ kind: 'character', id: hero.character.id }, goblins, spy],
  })
  await give(gm, '/api/combat/start', { roll: 'all' })
  await give(gm, '/api/combat/damage', { targets: [{ id: hero.character.id }], amount: '2d6+3 [fire]' })
  await give(gm, '/api/combat/next')
  for (const who of [gm, ana, boris])
    for (const visibility of ['public', 'gm', 'self', 'blind'])
      await give(who, '/api/dice/roll', {
        expression: '2d20kh1+5',
        visibility,
        label: visibility === 'public' ? 'Атака' : `${who === gm ? 'XYZZY' : 'PLUGH'} ${visibility}`,
      })
  return { gm, ana, boris }
}

/** @returns what a seat gets at a path */
export async function fetched(under: SessionsUnderTest, who: Grant, path: string): Promise<Answer> {
  return await under.ask('GET', path, { token: who.accessToken })
}
