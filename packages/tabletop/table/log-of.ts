import type { RecordedTableEvent } from './table-events'
import type { LogEntry } from './table-state'

/** @returns what an event says in the log, in order; of an event as somebody may see it, what they may read */
export function logOf(event: RecordedTableEvent): readonly LogEntry[] {
  const { seq, at, by } = event
  switch (event.name) {
    case 'dice.rolled':
      return [{ seq, at, by, name: 'dice.rolled', payload: event.payload }]
    case 'log.imported':
      return event.payload.entries.map((entry) => ({ seq, ...entry }))
    case 'player.joined':
    case 'seat.claimed':
      return []
    default:
      return (event.payload.lines ?? []).map((payload) => ({ seq, at, by, name: 'line', payload }))
  }
}
