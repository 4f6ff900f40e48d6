import type { EventFrame } from '@innkeeper/protocol/frames'
import { tableEventNames, type RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { parseRecord } from '../../services/parse'

/** @returns the state of a welcome, or of a view asked for: what the server's `view` showed */
export function parseTableState(state: unknown): TableState {
  const table = parseRecord(state)
  if (!['players', 'game', 'log'].every((key) => key in table)) throw new TypeError('This is no table')
  return state as TableState
}

/** @returns null for what this player may not see, and for what this version of the page does not know */
export function parseTableEvent(frame: EventFrame): RecordedTableEvent | null {
  const isKnown = tableEventNames.some((name) => name === frame.name)
  return isKnown && frame.by !== undefined && frame.at !== undefined ? (frame as RecordedTableEvent) : null
}
