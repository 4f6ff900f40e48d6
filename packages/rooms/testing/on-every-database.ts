import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase, type Database } from '@innkeeper/storage/open-database'
import { silentLog } from '@innkeeper/protocol/tools'
import { afterAll, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshPostgresDatabase, testPostgresUrl } from '../../../tests/support/services'
import { roomsMigrations, type RoomTables } from '../migrations/rooms-migrations'

/** Opens the database of the suite, with its tables; a second call opens it a second time, as another process would. */
export type OpenDatabase = () => Promise<Database<RoomTables>>

/** Runs a suite on SQLite and on a real PostgreSQL; where there is none, that is said. */
export function onEveryDatabase(what: string, suite: (name: string, open: OpenDatabase) => void): void {
  suite('SQLite', opener(freshFile))
  if (testPostgresUrl()) suite('PostgreSQL', opener(freshPostgresDatabase))
  else it.skip(`${what} on PostgreSQL: needs the services of npm test`, () => {})
}

interface FreshUrl {
  readonly url: string
  drop(): Promise<void>
}

function opener(create: () => Promise<FreshUrl>): OpenDatabase {
  const opened: Database<RoomTables>[] = []
  let fresh: Promise<FreshUrl> | undefined
  afterAll(async () => {
    for (const database of opened) await database.close()
    await (await fresh)?.drop()
  })
  return async () => {
    const { url } = await (fresh ??= create())
    const database = await openDatabase<RoomTables>(url, silentLog, { maxConnections: 4 })
    await migrate(database, 'rooms', roomsMigrations)
    opened.push(database)
    return database
  }
}

async function freshFile(): Promise<FreshUrl> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-rooms-'))
  return {
    url: `file:${join(folder, 'rooms.sqlite')}`,
    drop: () => Promise.resolve(rmSync(folder, { recursive: true })),
  }
}
