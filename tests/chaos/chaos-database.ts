import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@innkeeper/protocol/tools'
import type { RoomId } from '@innkeeper/protocol/ids'
import { createSqlJournal } from '@innkeeper/rooms/journal/sql-journal'
import type { RoomTables } from '@innkeeper/rooms/migrations/rooms-migrations'
import type { Recorded, RoomEvent } from '@innkeeper/rooms/room-type'
import { openDatabase } from '@innkeeper/storage/open-database'
import { freshPostgresDatabase } from '../support/services'

export const databaseKinds = ['SQLite', 'PostgreSQL'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

/** Where one server keeps its things: empty at first, and there again when it comes back. */
export interface ChaosDatabase {
  /** The settings of a server that stands on it. */
  readonly env: Readonly<Record<string, string>>
  /** Everything that was ever kept of a room, oldest first; no server is asked. */
  read(roomId: RoomId): Promise<readonly Recorded<RoomEvent>[]>
  remove(): Promise<void>
}

export async function freshDatabase(kind: DatabaseKind): Promise<ChaosDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-chaos-'))
  const server = kind === 'PostgreSQL' ? await freshPostgresDatabase() : undefined
  const url = server?.url ?? `file:${join(folder, 'chaos.sqlite')}`
  return {
    env: { DATA_DIR: folder, DATABASE_URL: url },
    async read(roomId) {
      const database = await openDatabase<RoomTables>(url, silentLog)
      try {
        const range = { after: 0, before: 2 ** 31 - 1, limit: 100_000 }
        return (await createSqlJournal(database).read(roomId, range)).toReversed()
      } finally {
        await database.close()
      }
    },
    async remove() {
      await server?.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
