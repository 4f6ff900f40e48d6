import type { LogEntry } from '../../table/table-state'
import { logOf } from '../../table/log-of'
import { ana, boris, gm, TestTable } from '../../table/testing/test-table'
import { tabletopRoom } from '../../table/tabletop-room'
import type { Viewer } from '@innkeeper/rooms/room-type'
import { canonicalText } from '../canonical'
import { exportTable } from '../export-table'
import { importCommands } from '../import-table'
import type { TableDocument } from '../document'
import { tableDocument } from '../table-document'

/** A fight under way: two characters, some goblins and something that players do not know of. */
export function fightingTable(seed: number): TestTable {
  const table = TestTable.seated(undefined, seed)
  table.must(ana, 'character.create', { name: 'Ana', sheet: { maxHitPoints: 24 } })
  table.must(boris, 'character.create', { name: 'Boris', sheet: { maxHitPoints: 18 } })
  const heroes = Object.keys(table.state.game.character).map((id) => ({ kind: 'character', id }))
  const goblins = { kind: 'monster', monster: 'goblin', count: 3, diesAtZero: false }
  const dragon = { kind: 'monster', monster: 'adult-red-dragon', isHidden: true, hpShown: 'hidden' }
  table.must(gm, 'combat.add', { combatants: [...heroes, goblins, dragon] })
  table.must(gm, 'combat.start', { roll: 'all' })
  return table
}

/** @returns all of the log that somebody may read, oldest first */
export function logFor(table: TestTable, viewer: Viewer): readonly LogEntry[] {
  return table.events.flatMap((event) => {
    const seen = tabletopRoom.viewEvent(event, viewer)
    return seen ? logOf(seen) : []
  })
}

/** @returns what the GM takes home, as it travels */
export function exported(table: TestTable, by: Viewer = gm): string {
  return canonicalText(exportTable({ table: table.viewOf(by), entries: logFor(table, by) }))
}

/** @returns a document as a table reads it */
export function parsed(text: string): TableDocument {
  return tableDocument.parse(JSON.parse(text))
}

/** @returns a new table with the document in it; its players are `old-2`, `old-3` and so on */
export function imported(document: TableDocument, gmName = document.players[0]?.name ?? ''): TestTable {
  const table = new TestTable(document.session, 99)
  table.admit({ uuid: gm.uuid, nick: gmName, role: 'gm' })
  table.welcome(gm)
  const uuids = document.players.map((_player, index) => (index === 0 ? gm.uuid : `old-${index + 1}`))
  for (const { name, payload } of importCommands(document, { uuids, now: 5_000 }))
    table.must({ uuid: gm.uuid, role: 'steward' }, name, payload)
  return table
}
