import type { DiceResult } from '../dice/dice-result'
import type { DiceRolled } from './messages'
import type { LineEntry, LogEntry, RollEntry } from './table-state'

/** How much the state remembers; the journal has the rest. */
export const logLimits = {
  /** The latest public rolls. */
  publicRolls: 100,
  /** The latest rolls of one player in one other visibility. */
  privateRolls: 20,
  /** The latest lines that everyone reads, whole or in part. */
  shownLines: 150,
  /** The latest lines of one owner (the GM is one) that nobody else reads. */
  ownLines: 30,
  /** With more dice than this, a roll is remembered by its totals; its faces were in the event. */
  diceWithFaces: 30,
} as const

/**
 * Each stream is cut by itself: a viewer sees a stream whole or not at all, so the log of a view, folded event by event,
 * keeps exactly what the view of the whole log shows.
 *
 * @returns the log with the entry at its end
 */
export function remember(log: readonly LogEntry[], entry: LogEntry): readonly LogEntry[] {
  const limit = limitOf(entry)
  const isOfStream = entry.name === 'line' ? lineStream(entry) : rollStream(entry)
  let oldest: LogEntry | undefined
  let count = 0
  // Every event at a table comes this way: no more than one look at each entry, and nothing made for it.
  for (const known of log) {
    if (!isOfStream(known)) continue
    oldest ??= known
    count += 1
  }
  const kept = oldest === undefined || count < limit ? log : log.toSpliced(log.indexOf(oldest), 1)
  return [...kept, entry]
}

function limitOf(entry: LogEntry): number {
  if (entry.name === 'line') return entry.payload.shown === null ? logLimits.ownLines : logLimits.shownLines
  return entry.payload.visibility === 'public' ? logLimits.publicRolls : logLimits.privateRolls
}

function lineStream({ payload: { shown, owner } }: LineEntry): (known: LogEntry) => boolean {
  if (shown !== null) return (known) => known.name === 'line' && known.payload.shown !== null
  return (known) => known.name === 'line' && known.payload.shown === null && known.payload.owner === owner
}

function rollStream({ by, payload: { visibility } }: RollEntry): (known: LogEntry) => boolean {
  if (visibility === 'public')
    return (known) => known.name === 'dice.rolled' && known.payload.visibility === 'public'
  return (known) => known.name === 'dice.rolled' && known.payload.visibility === visibility && known.by === by
}

/** @returns the roll as the log keeps it: a newcomer is sent the whole log at once, which must stay small */
export function withoutManyFaces(roll: DiceRolled): DiceRolled {
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
