import { usualHouseRules } from '@innkeeper/tabletop/rules/rules'
import { evolve } from '@innkeeper/tabletop/table/evolve'
import type { TableRole } from '@innkeeper/tabletop/table/messages'
import type { TableState } from '@innkeeper/tabletop/table/table-state'

/** A table as it is before anybody came. */
export const emptyTable: TableState = {
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

/** @returns the table with players at it, who came in this order: `[uuid, name, role]` */
export function seatedTable(...players: readonly (readonly [string, string, TableRole])[]): TableState {
  return players.reduce(
    (table, [uuid, name, role], index) =>
      evolve(table, {
        name: 'player.joined',
        seq: index + 1,
        at: index,
        by: uuid,
        payload: { uuid, name, role },
      }),
    emptyTable,
  )
}
