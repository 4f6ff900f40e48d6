import { limits } from '@innkeeper/protocol/limits'
import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent, RoomType, Viewer } from '../room-type'
import type { HistoryPage, HistoryWish } from '../rooms'
import type { Journal } from './journal'

/** How far into the journal somebody may look: to the latest event that is published, and with whose eyes. */
export interface Horizon {
  /** The name of the room's type. */
  readonly type: string
  readonly seq: number
  readonly viewer: Viewer
}

/** Whose journal is read, and what turns its events into those that may be seen. */
export interface HistorySource {
  readonly journal: Journal
  readonly roomId: RoomId
  readonly type: RoomType
  readonly horizon: Horizon
}

/** Reads one page, going back. It looks at so many rows at most, so that a rare event cannot hold up the database. */
export async function readHistory(source: HistorySource, wish: HistoryWish): Promise<HistoryPage> {
  const { journal, roomId, type, horizon } = source
  const { limit, names } = wish
  const events: Recorded<RoomEvent>[] = []
  let before = Math.min(wish.before ?? Number.POSITIVE_INFINITY, horizon.seq + 1)
  const after = Math.max(0, before - 1 - limits.historyRows)
  // Where much is hidden from this viewer, few large reads beat many small ones.
  for (let step = limit; events.length < limit && before > after + 1; step *= 4) {
    const rows = await journal.read(roomId, { after, before, limit: step, ...(names && { names }) })
    for (const row of rows) {
      if (events.length === limit) break
      before = row.seq
      const shown = type.viewEvent(row, horizon.viewer)
      if (shown) events.push(shown)
    }
    if (events.length < limit && rows.length < step) before = after + 1
  }
  return before > 1 ? { events, before } : { events }
}
