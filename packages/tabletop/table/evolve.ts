import { assertNever } from '@innkeeper/protocol/tools'
import type { DiceResult } from '../dice/dice-result'
import type { DiceRolled, LogEntry, RecordedTableEvent, TableState } from './messages'

/** How much the state remembers; the journal has the rest. */
export const logLimits = {
  /** The latest public rolls. */
  publicRolls: 100,
  /** The latest rolls of one player in one other visibility. */
  privateRolls: 20,
  /** With more dice than this, a roll is remembered by its totals; its faces were in the event. */
  diceWithFaces: 30,
} as const

/**
 * Adds what happened to a table, on the server to its whole state and in a browser to the view it was welcomed with.
 * It therefore uses nothing that only some viewers know.
 */
export function evolve(state: TableState, event: RecordedTableEvent): TableState {
  switch (event.name) {
    case 'player.joined': {
      const { uuid, name, role } = event.payload
      return { ...state, players: { ...state.players, [uuid]: { uuid, name, role } } }
    }
    case 'dice.rolled': {
      const { seq, at, by, name, payload } = event
      return { ...state, log: remember(state.log, { seq, at, by, name, payload: withoutManyFaces(payload) }) }
    }
    default:
      return assertNever(event)
  }
}

// Each stream is cut by itself: a viewer sees a stream whole or not at all, so the log of a view, folded event by
// event, keeps exactly what the view of the whole log shows.
function remember(log: readonly LogEntry[], entry: LogEntry): readonly LogEntry[] {
  const kept = entry.payload.visibility === 'public' ? logLimits.publicRolls : logLimits.privateRolls
  let oldest: LogEntry | undefined
  let count = 0
  for (const known of log) {
    if (!isSameStream(known, entry)) continue
    oldest ??= known
    count += 1
  }
  return count < kept ? [...log, entry] : [...log.filter((known) => known !== oldest), entry]
}

function isSameStream(a: LogEntry, b: LogEntry): boolean {
  if (a.payload.visibility !== b.payload.visibility) return false
  return a.payload.visibility === 'public' || a.by === b.by
}

// A newcomer is sent the whole log at once, which must stay small whatever was rolled.
function withoutManyFaces(roll: DiceRolled): DiceRolled {
  if ('concealed' in roll || diceOf(roll.result) <= logLimits.diceWithFaces) return roll
  const { outcomes, ...rest } = roll.result
  const totals = outcomes.map(({ total, exact }) => (exact === undefined ? { total } : { total, exact }))
  return { ...roll, result: { ...rest, outcomes: totals.map((total) => ({ ...total, terms: [] })) } }
}

function diceOf(result: DiceResult): number {
  let dice = 0
  for (const { terms } of result.outcomes) for (const term of terms) dice += term.dice.length
  return dice
}
