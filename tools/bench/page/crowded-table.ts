import { openLine } from '@innkeeper/tabletop/table/log-lines'
import type { DocumentEntry, TableDocument } from '@innkeeper/tabletop/exchange/document'

/** How much there is on the table that is measured. */
export const crowd = { combatants: 30, logRows: 5_000 } as const

/** A seat as the server hands it out; only what is needed here is named. */
export interface TakenSeat {
  readonly accessToken: string
  readonly refreshToken: string
  readonly token: string
  readonly session: { readonly id: string; readonly code: string; readonly name: string }
  readonly player: { readonly uuid: string; readonly name: string; readonly role: string }
}

/** @throws Error with the server's words when it refuses */
export async function ask(
  url: string,
  path: string,
  { token, body }: { readonly token?: string; readonly body?: unknown } = {},
): Promise<unknown> {
  const answer = await fetch(new URL(path, url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return await answer.json()
}

/** @returns the seats of a game master and of a player with a character, at a table with a fight of 30 and a log of 5,000 rows */
export async function openCrowdedTable(
  url: string,
): Promise<{ readonly gm: TakenSeat; readonly player: TakenSeat }> {
  const first = parseSeat(await ask(url, '/api/session', { body: { name: 'Bench', gmName: 'Mira' } }))
  const token = first.accessToken
  const stats = { name: 'Goblin', maxHp: 500, dexModifier: 2 }
  const goblins = { kind: 'custom', stats, count: crowd.combatants, isGroup: false }
  await ask(url, '/api/combat/combatants', { token, body: { combatants: [goblins] } })
  await ask(url, '/api/combat/start', { token, body: { roll: 'all' } })
  const document = parseDocument(await ask(url, '/api/session/export', { token }))
  const log = Array.from({ length: crowd.logRows }, (_, index) => toEntry(index))
  const body = { document: { ...document, log } }
  const gm = parseSeat(await ask(url, '/api/session/import', { body }))
  const player = parseSeat(
    await ask(url, '/api/session/join', { body: { code: gm.session.code, name: 'Lia' } }),
  )
  await ask(url, '/api/characters', { token: player.accessToken, body: bard })
  return { gm, player }
}

/** Something of everything that a sheet shows. */
const bard = {
  name: 'Lia the Wise',
  summary: 'Half-elf bard 3',
  sheet: {
    classes: [{ name: 'Bard', level: 3, hitDie: 'd8' }],
    abilities: { str: 10, dex: 16, con: 14, int: 12, wis: 8, cha: 17 },
    saves: { dex: 'proficient', cha: 'proficient' },
    skills: { perception: 'proficient', performance: 'expertise' },
    maxHitPoints: 24,
    spellcasting: { ability: 'cha', bonus: 0, slots: { '1': 4, '2': 2 }, pact: null },
    resources: [{ id: 'inspiration', name: 'Bardic inspiration', max: 3, per: 'long' }],
    languages: ['Common', 'Elvish'],
    inventory: [{ name: 'Lute', quantity: 1, weight: 2, isEquipped: true, note: '' }],
  },
} as const

function toEntry(index: number): DocumentEntry {
  const place = { at: 1_700_000_000_000 + index * 20_000, by: 'p1' }
  const name = `Goblin ${(index % crowd.combatants) + 1}`
  if (index % 10 === 0) {
    const said = { code: 'turn.began', params: { name, round: 1 } } as const
    return { ...place, name: 'line', payload: openLine(said) }
  }
  if (index % 3 !== 0) {
    const said = { code: 'damage', params: { name, amount: index % 20, types: ['fire'] } } as const
    return { ...place, name: 'line', payload: openLine(said) }
  }
  const terms = [{ notation: '1d20' }]
  const outcomes = [{ total: 17, terms: [{ total: 12, dice: [{ face: 12 }] }] }]
  const result = { canonical: '1d20+5', terms, outcomes, total: 17 }
  return { ...place, name: 'dice.rolled', payload: { visibility: 'public', expression: '1d20+5', result } }
}

function parseSeat(answer: unknown): TakenSeat {
  return answer as TakenSeat
}

function parseDocument(answer: unknown): TableDocument {
  return answer as TableDocument
}
