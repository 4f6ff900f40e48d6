import { innkeeper } from '@innkeeper/protocol/ids'
import { stewardRole } from '../commands/steward'
import type { RecordedTableEvent } from '../table-events'
import type { TableState } from '../table-state'
import { exampleIds } from './example-ids'
import { exampleAt, exampleGm, examplePlayer, ExampleTable } from './example-table'

/** A table that something of every kind has happened at. */
export interface PlayedExample {
  readonly seq: number
  /** As its player sees it. */
  readonly state: TableState
  /** One event of each name, as its game master sees it. */
  readonly events: readonly RecordedTableEvent[]
}

/** @returns the examples of events, from a table that is played for it */
export function playExample(): PlayedExample {
  const table = new ExampleTable()
  const host = { uuid: innkeeper, role: stewardRole }
  const { player: uuid } = exampleIds
  const events = [
    ...table.admit({ uuid: exampleIds.condition, nick: 'Boris', role: 'player' }),
    ...table.give(examplePlayer, 'character.create'),
    ...table.give(examplePlayer, 'dice.roll'),
    ...table.give(exampleGm, 'combat.add'),
    ...table.give(exampleGm, 'undo'),
    ...table.give(exampleGm, 'redo'),
    ...table.give(exampleGm, 'dice.reseed'),
    ...table.give(host, 'seat.rename', { uuid, name: 'Thorin' }),
    ...table.give(host, 'table.edit', { edition: '2024' }),
    ...table.give(host, 'seat.claim', { id: exampleIds.check, name: 'Торин', uuid, state: 'open' }),
    ...table.give(host, 'log.import', { entries: [importedLine] }),
  ]
  const byName = new Map(events.map((event) => [event.name, event]))
  return { seq: table.seq, state: table.seenBy(examplePlayer), events: [...byName.values()] }
}

const importedLine = {
  at: exampleAt,
  by: exampleIds.gm,
  name: 'line',
  payload: {
    owner: null,
    full: null,
    shown: { code: 'character.created', params: { character: 'old', name: 'Bram' } },
  },
}
