import { logLimits } from '@innkeeper/tabletop/table/log'
import type { LogEntry } from '@innkeeper/tabletop/table/table-state'

/** An entry with a key that it keeps: one event can say several things, so `seq` alone is not enough. */
export interface LogRow {
  readonly key: string
  readonly entry: LogEntry
}

/** A stretch of the log without holes, up to now. */
export interface KnownLog {
  /** Oldest first. */
  readonly rows: readonly LogRow[]
  /** Everything from this `seq` on is in `rows`; 1 is the beginning of the table. */
  readonly from: number
}

/** @returns what the state's log tells without a hole: it forgets each stream by itself */
export function startLog(log: readonly LogEntry[]): KnownLog {
  const from = firstWhole(log)
  return { rows: toRows(log.filter(({ seq }) => seq >= from)), from }
}

/** @returns the log with what one event said; the same object when it is known or says nothing */
export function addNews(known: KnownLog, news: readonly LogEntry[]): KnownLog {
  const last = newestOf(known)
  const rows = toRows(news.filter(({ seq }) => seq > last))
  return rows.length === 0 ? known : { ...known, rows: [...known.rows, ...rows] }
}

/** @returns the log as it is after a welcome: when it tells of something new, the way there may have holes */
export function meetState(known: KnownLog, log: readonly LogEntry[]): KnownLog {
  return (log.at(-1)?.seq ?? 0) > newestOf(known) ? startLog(log) : known
}

/**
 * @param page  oldest first, all of it before `known.from`
 * @param from  everything from this `seq` on is in the page
 */
export function addOlder(known: KnownLog, page: readonly LogEntry[], from: number): KnownLog {
  return { rows: [...toRows(page.filter(({ seq }) => seq < known.from)), ...known.rows], from }
}

function newestOf({ rows, from }: KnownLog): number {
  return rows.at(-1)?.entry.seq ?? from - 1
}

function toRows(entries: readonly LogEntry[]): readonly LogRow[] {
  let seq = -1
  let place = 0
  return entries.map((entry) => {
    place = entry.seq === seq ? place + 1 : 0
    seq = entry.seq
    return { key: `${seq}:${place}`, entry }
  })
}

/** A stream that is full may have lost what was before its oldest entry, and some of that entry's own event. */
function firstWhole(log: readonly LogEntry[]): number {
  const streams = new Map<
    string,
    { readonly oldest: number; readonly count: number; readonly limit: number }
  >()
  for (const entry of log) {
    const [name, limit] = streamOf(entry)
    const known = streams.get(name)
    streams.set(name, { oldest: known?.oldest ?? entry.seq, count: (known?.count ?? 0) + 1, limit })
  }
  const full = [...streams.values()].filter(({ count, limit }) => count >= limit)
  return Math.max(1, ...full.map(({ oldest }) => oldest + 1))
}

function streamOf(entry: LogEntry): readonly [name: string, limit: number] {
  if (entry.name === 'line') {
    const { shown, owner } = entry.payload
    return shown === null ? [`own ${owner}`, logLimits.ownLines] : ['shown', logLimits.shownLines]
  }
  const { visibility } = entry.payload
  return visibility === 'public'
    ? ['public', logLimits.publicRolls]
    : [`${visibility} ${entry.by}`, logLimits.privateRolls]
}
