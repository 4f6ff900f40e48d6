import type { EventFrame, PresenceStatus } from '@innkeeper/protocol/frames'
import { evolve } from '@innkeeper/tabletop/table/evolve'
import { tableEventNames, type RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { RollEntry, TableState } from '@innkeeper/tabletop/table/table-state'
import type { RollView } from '../dice/roll-view'
import { toRollOutcome } from '../dice/to-roll-outcome'
import type { PlayerView } from './presence'

/** @returns the state of a welcome: what the server's `view` showed this player */
export function parseTableState(state: unknown): TableState {
  const isTable =
    typeof state === 'object' && state !== null && 'players' in state && 'game' in state && 'log' in state
  if (!isTable) throw new TypeError('The welcome holds no table')
  return state as TableState
}

/** @returns the table after an event; what this player may not see, or this version does not know, changes nothing */
export function foldEvent(table: TableState, frame: EventFrame): TableState {
  const event = parseTableEvent(frame)
  return event === null ? table : evolve(table, event)
}

/** @returns the log with the newest roll first */
export function toRollViews({ log, players }: TableState, me: string): readonly RollView[] {
  const rolls = log.filter((entry) => entry.name === 'dice.rolled')
  return rolls.map((entry) => toRollView(entry, players[entry.by]?.name ?? '?', me)).reverse()
}

/**
 * @param statuses  who is connected, by uuid; null while the own connection is away and nobody can know
 * @returns everyone who has a seat: the game master, oneself, and the others in the order of their coming
 */
export function toPlayerViews(
  { players }: TableState,
  statuses: ReadonlyMap<string, PresenceStatus> | null,
  me: string,
): readonly PlayerView[] {
  const seated = Object.values(players).filter(({ role }) => role !== 'watcher')
  const views = seated.map(({ uuid, name, role }) => ({
    uuid,
    name,
    isGm: role === 'gm',
    isMe: uuid === me,
    status: statuses === null ? ('unknown' as const) : (statuses.get(uuid) ?? 'left'),
  }))
  return views.sort((a, b) => rankOf(a) - rankOf(b))
}

function toRollView({ seq, at, by, payload }: RollEntry, name: string, me: string): RollView {
  return {
    key: String(seq),
    at,
    name,
    isMine: by === me,
    visibility: payload.visibility,
    expression: payload.expression,
    label: payload.label ?? null,
    outcome: 'concealed' in payload ? null : toRollOutcome(payload.result),
  }
}

function parseTableEvent(frame: EventFrame): RecordedTableEvent | null {
  const isKnown = tableEventNames.some((name) => name === frame.name)
  return isKnown && frame.by !== undefined && frame.at !== undefined ? (frame as RecordedTableEvent) : null
}

function rankOf({ isGm, isMe }: PlayerView): number {
  return isGm ? 0 : isMe ? 1 : 2
}
