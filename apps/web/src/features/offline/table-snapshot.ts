import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { parseNumber, parseRecord, parseText } from '../../services/parse'
import { parseTableState } from '../table/parse-table'

/** What a seat saw of its table last. */
export interface TableSnapshot {
  /** The table's id. */
  readonly sessionId: string
  /** Whose view: the seat's uuid. */
  readonly me: string
  /** When it was like this (epoch ms, by this machine's clock). */
  readonly at: number
  readonly table: TableState
}

/** Where one snapshot is kept. Nothing here fails: what cannot be kept is not there later. */
export interface SnapshotStore {
  load(): Promise<TableSnapshot | null>
  save(snapshot: TableSnapshot): Promise<void>
  clear(): Promise<void>
}

/** @returns the snapshot, or null for nothing, an older form, or something that is not ours */
export function parseSnapshot(value: unknown): TableSnapshot | null {
  try {
    const { v, sessionId, me, at, table } = parseRecord(value)
    if (v !== 1) return null
    return {
      sessionId: parseText(sessionId),
      me: parseText(me),
      at: parseNumber(at),
      table: parseTableState(table),
    }
  } catch {
    return null
  }
}

/** @returns what `parseSnapshot` reads */
export function toKeptSnapshot(snapshot: TableSnapshot): object {
  return { v: 1, ...snapshot }
}
