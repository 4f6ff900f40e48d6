import type { LogEntry } from '@innkeeper/tabletop/table/table-state'
import type { AxiosInstance } from 'axios'

/** A page of the log, as this player may read it. */
export interface LogPage {
  /** Oldest first. */
  readonly entries: readonly LogEntry[]
  /** Where the next page begins; null on the last one. */
  readonly before: number | null
}

const pageSize = 200

/** @param before  only what happened before this `seq` */
export async function readLogPage(http: AxiosInstance, before: number): Promise<LogPage> {
  const params = { before, limit: pageSize }
  return parseLogPage((await http.get<unknown>('/api/session/log', { params })).data)
}

function parseLogPage(answer: unknown): LogPage {
  const { entries, before } = answer as { entries: readonly LogEntry[]; before?: number }
  return { entries: entries.toReversed(), before: before ?? null }
}
