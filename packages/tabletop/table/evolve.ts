import { assertNever } from '@innkeeper/protocol/tools'
import { applyChanges } from './changes'
import type { Line } from './log-lines'
import { remember, withoutManyFaces } from './log'
import type {
  DiceSeeded,
  GameChanged,
  GameTurnedBack,
  ImportedEntry,
  RecordedTableEvent,
  SeatChanged,
  TableEdited,
} from './table-events'
import type { LogEntry, TableState } from './table-state'
import { seatOf } from './seats'
import { addMark, moveToDone, moveToUndone } from './undo-marks'

type Place = Pick<RecordedTableEvent, 'seq' | 'at' | 'by'>

/**
 * Adds what happened to a table, on the server to its whole state and in a browser to the view it was welcomed with.
 * It therefore uses nothing that only some viewers know, and decides nothing: an event says how things are from now on.
 */
export function evolve(state: TableState, event: RecordedTableEvent): TableState {
  switch (event.name) {
    case 'player.joined':
      return withSeat(state, event.seq, { ...seatOf(state, event.payload.uuid), ...event.payload })
    case 'seat.changed':
      return changeSeat(state, event, event.payload)
    case 'seat.claimed':
      return state
    case 'table.edited':
      return editTable(state, event, event.payload)
    case 'dice.seeded':
      return seedDice(state, event, event.payload)
    case 'dice.rolled': {
      const { seq, at, by, name, payload } = event
      const rolled = { seq, at, by, name, payload: withoutManyFaces(payload) }
      return countRoll({ ...state, log: remember(state.log, rolled) })
    }
    case 'character.changed':
    case 'combat.changed':
      return changeGame(state, event, event.payload)
    case 'undone':
    case 'redone':
      return turnBack(state, event, event.payload)
    case 'log.imported':
      return { ...state, log: event.payload.entries.reduce(rememberImported(event.seq), state.log) }
    default:
      return assertNever(event)
  }
}

function changeSeat(state: TableState, place: Place, { seat, lines }: SeatChanged): TableState {
  return { ...withSeat(state, place.seq, seat), log: withLines(state.log, place, lines) }
}

function withSeat(state: TableState, seq: number, seat: SeatChanged['seat']): TableState {
  const known = seatOf(state, seat.uuid)
  const since = known?.role === seat.role ? known.since : seq
  return { ...state, players: { ...state.players, [seat.uuid]: { ...seat, since } } }
}

function editTable(state: TableState, place: Place, { lines, ...edited }: TableEdited): TableState {
  return {
    ...state,
    name: edited.name ?? state.name,
    language: edited.language ?? state.language,
    edition: edited.edition ?? state.edition,
    houseRules: edited.houseRules ?? state.houseRules,
    log: withLines(state.log, place, lines),
  }
}

function seedDice(state: TableState, place: Place, seeded: DiceSeeded): TableState {
  const { number, commit, seed, lines = [] } = seeded
  const next = { ...state, dice: { number, commit }, log: withLines(state.log, place, lines) }
  return state.secrets && seed !== undefined
    ? { ...next, secrets: { ...state.secrets, seed, rolls: 0 } }
    : next
}

function countRoll(state: TableState): TableState {
  return state.secrets ? { ...state, secrets: { ...state.secrets, rolls: state.secrets.rolls + 1 } } : state
}

function changeGame(state: TableState, place: Place, changed: GameChanged): TableState {
  const { changes, lines, draw, mark } = changed
  const game = applyChanges(state.game, changes)
  const next = { ...state, game, log: withLines(state.log, place, lines) }
  const counted = draw === undefined ? next : countRoll(next)
  if (mark === undefined) return counted
  const { seq, by } = place
  return { ...counted, ...addMark(counted, { seq, by, ...mark }, changes) }
}

function turnBack(
  state: TableState,
  event: Place & { readonly name: 'undone' | 'redone' },
  { changes, lines, of }: GameTurnedBack,
): TableState {
  const game = applyChanges(state.game, changes)
  const next = { ...state, game, log: withLines(state.log, event, lines) }
  if (of === undefined) return next
  const move = event.name === 'undone' ? moveToUndone : moveToDone
  return { ...next, marks: move(state.marks, of) }
}

function withLines(
  log: readonly LogEntry[],
  { seq, at, by }: Place,
  lines: readonly Line[],
): readonly LogEntry[] {
  return lines.reduce((known, line) => remember(known, { seq, at, by, name: 'line', payload: line }), log)
}

function rememberImported(seq: number) {
  return (log: readonly LogEntry[], entry: ImportedEntry): readonly LogEntry[] =>
    entry.name === 'line'
      ? remember(log, { seq, ...entry })
      : remember(log, { seq, ...entry, payload: withoutManyFaces(entry.payload) })
}
