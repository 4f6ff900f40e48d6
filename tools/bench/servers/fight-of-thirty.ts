import type { TableState } from '@innkeeper/tabletop/table/table-state'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import { gm, TestTable } from '@innkeeper/tabletop/table/testing/test-table'

/** A table late in a fight, and what happens next. */
export interface Fight {
  readonly table: TestTable
  readonly state: TableState
  readonly next: readonly RecordedTableEvent[]
}

const stats = { name: 'Goblin', maxHp: 200, armorClass: 15, dexModifier: 2 }
/** So that the log and what can be undone are as full as they become. */
const roundsBefore = 40
const turnsAfter = 60

/** Thirty combatants who have fought for a long time: damage, healing, conditions and rolls on each turn. */
export function fightOfThirty(): Fight {
  const table = TestTable.seated()
  // The views of players are not what is measured.
  table.views.clear()
  for (const name of ['Goblin', 'Ogre', 'Wolf'])
    table.must(gm, 'combat.add', {
      combatants: [{ kind: 'custom', stats: { ...stats, name }, count: 10, isGroup: false }],
    })
  table.must(gm, 'combat.start', { roll: 'all' })
  for (let turn = 0; turn < 30 * roundsBefore; turn++) takeTurn(table, turn)
  const [state, seen] = [table.state, table.events.length]
  for (let turn = 0; turn < turnsAfter; turn++) takeTurn(table, turn)
  return { table, state, next: table.events.slice(seen) }
}

function takeTurn(table: TestTable, turn: number): void {
  const ids = Object.keys(table.state.game.combatant)
  const target = ids[(turn * 7) % ids.length] ?? ''
  const damage = { targets: [{ id: target }], parts: [{ amount: 5, type: 'fire' }] }
  table.must(gm, 'dice.roll', { expression: '1d20+5', visibility: 'public' })
  table.must(gm, 'combat.damage', damage)
  table.must(gm, 'combat.heal', { targets: [target], amount: 5 })
  table.must(gm, 'combat.condition', { targets: [target], condition: 'prone' })
  const [applied] = table.state.game.vitals[target]?.conditions ?? []
  if (applied) table.must(gm, 'combat.remove-condition', { id: target, condition: applied.id })
  table.must(gm, 'combat.next')
}
