import { describe, expect, it } from 'bun:test'
import { usualHouseRules } from '@innkeeper/tabletop/rules/rules'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { foldEvent, parseTableState, toPlayerViews, toRollViews } from './table-view'

const empty: TableState = {
  name: 'Phandalin',
  language: 'en',
  edition: '2014',
  houseRules: usualHouseRules,
  players: {},
  game: { character: {}, vitals: {}, combatant: {}, combat: {} },
  dice: null,
  marks: { done: [], undone: [] },
  log: [],
}
const joined = (seq: number, [uuid, name, role]: readonly [string, string, string]) => ({
  ...({ type: 'event', name: 'player.joined' } as const),
  ...{ seq, at: seq, by: uuid, payload: { uuid, name, role } },
})
const rolledBlind = (seq: number, by: string) => ({
  ...({ type: 'event', name: 'dice.rolled' } as const),
  ...{ seq, at: seq, by, payload: { visibility: 'blind', expression: '1d20', concealed: true } },
})
const folded = [
  joined(1, ['lia', 'Lia', 'player']),
  joined(2, ['tor', 'Торин', 'player']),
  joined(3, ['gm', 'Mira', 'gm']),
].reduce(foldEvent, empty)

describe('foldEvent', () => {
  it('leaves the table as it is for what is hidden or not known yet', () => {
    expect(foldEvent(empty, { type: 'event', seq: 1, name: 'hidden' })).toBe(empty)
    expect(foldEvent(empty, { type: 'event', seq: 1, at: 1, by: 'gm', name: 'combat.started' })).toBe(empty)
  })
})

describe('parseTableState', () => {
  it('refuses what is not a table', () => {
    for (const state of [undefined, null, {}, { players: {} }])
      expect(() => parseTableState(state)).toThrow(TypeError)
  })
})

describe('toPlayerViews', () => {
  it('puts the game master first, then oneself', () => {
    expect(toPlayerViews(folded, new Map(), 'tor').map(({ name }) => name)).toEqual(['Mira', 'Торин', 'Lia'])
  })

  it('says who is here, and claims nothing while the connection is away', () => {
    const statusesOf = (statuses: Parameters<typeof toPlayerViews>[1]) =>
      toPlayerViews(folded, statuses, 'tor').map(({ status }) => status)
    expect(
      statusesOf(
        new Map([
          ['gm', 'online'],
          ['lia', 'away'],
        ]),
      ),
    ).toEqual(['online', 'left', 'away'])
    expect(statusesOf(null)).toEqual(['unknown', 'unknown', 'unknown'])
  })
})

describe('toRollViews', () => {
  it('puts the newest first, under its roller, and shows a blind roll without an outcome', () => {
    const table = foldEvent(foldEvent(folded, rolledBlind(4, 'lia')), rolledBlind(5, 'tor'))
    expect(toRollViews(table, 'tor')).toMatchObject([
      { key: '5', name: 'Торин', isMine: true, visibility: 'blind', outcome: null },
      { key: '4', name: 'Lia', isMine: false, outcome: null },
    ])
  })
})
