import { describe, expect, it } from 'bun:test'
import { ana, gm, TestTable } from '../table/testing/test-table'
import { numberedNames } from './numbered-names'

describe('names of several creatures', () => {
  it('are numbered from those that are there, and a single one keeps its name', () => {
    const shown = { isHidden: false, taken: [] }
    expect(numberedNames('Goblin', { ...shown, count: 1 })).toEqual(['Goblin'])
    expect(numberedNames('Goblin', { ...shown, count: 2 })).toEqual(['Goblin 1', 'Goblin 2'])
    const taken = ['Goblin', 'Goblin 7', 'Goblin king', 'Goblin B']
    expect(numberedNames('Goblin', { ...shown, taken, count: 2 })).toEqual(['Goblin 8', 'Goblin 9'])
  })

  it('have letters where they are hidden', () => {
    const hidden = { isHidden: true, taken: ['Goblin 1', 'Goblin 2'] }
    expect(numberedNames('Goblin', { ...hidden, count: 2 })).toEqual(['Goblin A', 'Goblin B'])
    const names = numberedNames('Goblin', { ...hidden, taken: ['Goblin Z'], count: 28 })
    expect([names[0], names[25], names[26], names[27]]).toEqual([
      'Goblin AA',
      'Goblin AZ',
      'Goblin BA',
      'Goblin BB',
    ])
  })

  it('leave no gap among those that players see', () => {
    const table = TestTable.seated()
    const goblins = { kind: 'monster', monster: 'goblin', count: 2 }
    for (const isHidden of [true, false, true, false])
      table.must(gm, 'combat.add', { combatants: [{ ...goblins, isHidden }] })
    const seen = Object.values(table.viewOf(ana).game.combatant).map(({ name }) => name)
    expect(seen.toSorted()).toEqual(['Goblin 1', 'Goblin 2', 'Goblin 3', 'Goblin 4'])
    const all = Object.values(table.state.game.combatant).map(({ name }) => name)
    expect(new Set(all).size).toBe(8)
  })
})
