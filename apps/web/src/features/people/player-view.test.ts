import { describe, expect, it } from 'bun:test'
import { seatedTable } from '../../testing/empty-table'
import { toPlayerViews } from './player-view'

const table = seatedTable(['lia', 'Lia', 'player'], ['tor', 'Торин', 'player'], ['gm', 'Mira', 'gm'])

describe('toPlayerViews', () => {
  it('puts the game master first, then oneself', () => {
    expect(toPlayerViews(table, new Map(), 'tor').map(({ name }) => name)).toEqual(['Mira', 'Торин', 'Lia'])
  })

  it('says who is here, and claims nothing while the connection is away', () => {
    const statusesOf = (statuses: Parameters<typeof toPlayerViews>[1]) =>
      toPlayerViews(table, statuses, 'tor').map(({ status }) => status)
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
