import { assertNever } from '@innkeeper/protocol/tools'
import type { Audience, Viewer } from '@innkeeper/rooms/room-type'
import type {
  ConcealedRoll,
  DiceRolled,
  LogEntry,
  PlayerJoined,
  RecordedTableEvent,
  TableState,
} from './messages'

/** @returns the table as one viewer may see it: only what is listed here */
export function view(state: TableState, viewer: Viewer): TableState {
  return {
    name: state.name,
    language: state.language,
    edition: state.edition,
    players: viewPlayers(state.players),
    log: state.log.flatMap((entry) => viewEntry(entry, viewer) ?? []),
  }
}

/** @returns the event as one viewer may see it, or null */
export function viewEvent(event: RecordedTableEvent, viewer: Viewer): RecordedTableEvent | null {
  switch (event.name) {
    case 'player.joined':
      return event
    case 'dice.rolled': {
      const payload = viewRoll(event.payload, event.by, viewer)
      if (payload === event.payload) return event
      return payload && { ...event, payload }
    }
    default:
      return assertNever(event)
  }
}

/** @returns how far apart the views of an event lie */
export function audienceOf(event: RecordedTableEvent): Audience {
  switch (event.name) {
    case 'player.joined':
      return 'everyone'
    case 'dice.rolled':
      return event.payload.visibility === 'public' ? 'everyone' : 'player'
    default:
      return assertNever(event)
  }
}

/**
 * The one place that says who sees what of a roll, live and in the log.
 *
 * @param by  uuid of who rolled
 * @returns the roll itself, what is left of it, or null
 */
function viewRoll(roll: DiceRolled, by: string, viewer: Viewer): DiceRolled | null {
  const isGm = viewer.role === 'gm'
  // Whoever only watches sees what everyone sees, even of rolls made under the same uuid from a seat.
  const isRoller = viewer.uuid === by && viewer.role !== 'watcher'
  switch (roll.visibility) {
    case 'public':
      return roll
    case 'gm':
      return isGm || isRoller ? roll : null
    case 'self':
      return isRoller ? roll : null
    case 'blind':
      if (isGm) return roll
      return isRoller ? conceal(roll) : null
    default:
      return assertNever(roll)
  }
}

function conceal(roll: DiceRolled): ConcealedRoll {
  const { expression, label } = roll
  return { visibility: 'blind', expression, ...(label === undefined ? {} : { label }), concealed: true }
}

function viewEntry({ seq, at, by, name, payload }: LogEntry, viewer: Viewer): LogEntry | null {
  const shown = viewRoll(payload, by, viewer)
  return shown && { seq, at, by, name, payload: shown }
}

function viewPlayers(players: TableState['players']): Readonly<Record<string, PlayerJoined>> {
  return Object.fromEntries(
    Object.values(players).map(({ uuid, name, role }) => [uuid, { uuid, name, role }]),
  )
}
