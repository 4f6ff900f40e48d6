import { logOf } from '@innkeeper/tabletop/table/log-of'
import type { LogEntry } from '@innkeeper/tabletop/table/table-state'
import type { HistoryPage, HistoryWish } from '@innkeeper/rooms/rooms'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import { parseTableEvent } from './play'

const pageEvents = 500

/** Reads one page of a history. */
export type ReadPage = (wish: HistoryWish) => Promise<HistoryPage>

/** Which events, newest first, and where to begin and to end: `seq` of the first and the last one, those left out. */
export interface Stretch {
  readonly before?: number | undefined
  readonly after?: number
  readonly names?: readonly string[]
}

/** Goes back through a history page by page, so that a long one is never read at once. */
export async function* eventsBack(
  read: ReadPage,
  { before, after = 0, names }: Stretch,
): AsyncGenerator<RecordedTableEvent> {
  let cursor = before
  do {
    const page = await read({
      limit: pageEvents,
      ...(names ? { names } : {}),
      ...(cursor === undefined ? {} : { before: cursor }),
    })
    for (const event of page.events) {
      if (event.seq <= after) return
      yield parseTableEvent(event)
    }
    cursor = page.before
  } while (cursor !== undefined && cursor > after + 1)
}

/** @returns all of the log that a reader may read, up to an event, oldest first */
export async function readWholeLog(read: ReadPage, lastSeq: number): Promise<readonly LogEntry[]> {
  const newestFirst: LogEntry[] = []
  for await (const event of eventsBack(read, { before: lastSeq + 1 }))
    newestFirst.push(...logOf(event).toReversed())
  return newestFirst.reverse()
}
