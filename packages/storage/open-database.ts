import { SQL } from 'bun'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, sql as rawSql, type Dialect } from 'kysely'
import { PostgresJSDialect, type PostgresJSSql } from 'kysely-postgres-js'
import { SqliteThreadDialect } from './sqlite-dialect'
import { SqliteThread } from './sqlite-thread'

/** What opening a database reports to. */
export interface StorageLog {
  info(fields: object, message: string): void
}

/** An open database, seen as having `Tables`. */
export interface Database<Tables> {
  readonly db: Kysely<Tables>
  readonly dialect: 'sqlite' | 'postgres'
  /** The same database for a part of the system with other tables. Closing either closes both. */
  withTables<Others>(): Database<Others>
  /** Finishes what was asked and lets the process end. Later queries fail. */
  close(): Promise<void>
}

/** Time limits and, for PostgreSQL, how many connections one process may hold. */
export interface DatabaseOptions {
  readonly maxConnections?: number
  readonly connectTimeoutMs?: number
  readonly busyTimeoutMs?: number
}

/**
 * Opens the database that `url` names and proves that it answers.
 *
 * @param url  `file:/path/to/a.sqlite` (made with mode 600 when missing), `file::memory:`, or `postgres://…`
 * @throws Error naming the url without its password when the database cannot be reached
 */
export async function openDatabase<Tables>(
  url: string,
  log: StorageLog,
  options: DatabaseOptions = {},
): Promise<Database<Tables>> {
  const isFile = url.startsWith('file:')
  const shown = withoutPassword(url)
  try {
    const opened = isFile ? await openSqlite(url, options) : await openPostgres(url, options)
    log.info({ database: shown }, 'database open')
    return opened.as<Tables>()
  } catch (error) {
    throw new Error(`The database ${shown} cannot be opened: ${reasonOf(error)}`, { cause: error })
  }
}

interface Opened {
  as<Tables>(): Database<Tables>
}

async function openSqlite(url: string, options: DatabaseOptions): Promise<Opened> {
  const path = sqlitePath(url)
  if (path !== ':memory:') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // SQLite would make the file readable for everyone; its -wal and -shm files take the mode of this one.
    closeSync(openSync(path, 'a', 0o600))
  }
  const thread = await SqliteThread.open(path, options.busyTimeoutMs ?? 5_000)
  return share('sqlite', new SqliteThreadDialect(thread), () => thread.close())
}

async function openPostgres(url: string, options: DatabaseOptions): Promise<Opened> {
  const sql = new SQL(url, {
    adapter: 'postgres',
    max: options.maxConnections ?? 10,
    connectionTimeout: (options.connectTimeoutMs ?? 5_000) / 1_000,
    idleTimeout: 60,
  })
  try {
    await sql`select 1`
  } catch (error) {
    await sql.close({ timeout: 0 })
    throw error
  }
  return share('postgres', new PostgresJSDialect({ postgres: poolOf(sql) }), () => sql.close({ timeout: 5 }))
}

/** Bun's pool in the dialect's words; the two packages' types differ only in what may be `undefined`. */
function poolOf(sql: SQL): () => PostgresJSSql {
  return () => ({
    options: { adapter: 'postgres' },
    end: (options) => sql.close(options),
    reserve: (options) => sql.reserve(options),
  })
}

function share(name: Database<unknown>['dialect'], dialect: Dialect, end: () => Promise<void>): Opened {
  const db = new Kysely<unknown>({ dialect })
  const close = async (): Promise<void> => {
    await db.destroy()
    await end()
  }
  const as = <Tables>(): Database<Tables> => ({
    db: parseAs<Tables>(db),
    dialect: name,
    withTables: as,
    close,
  })
  return { as }
}

/** Which tables there are is a promise of the migrations; no code can look it up in a type. */
function parseAs<Tables>(db: Kysely<unknown>): Kysely<Tables> {
  return db as unknown as Kysely<Tables>
}

function sqlitePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/?#]*):[^@/?#]*@/, '$1:***@')
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** @returns whether the database answers a query now */
export async function databaseAnswers({ db }: Database<unknown>): Promise<boolean> {
  try {
    await rawSql`select 1`.execute(db)
    return true
  } catch {
    return false // The caller asked a yes-or-no question.
  }
}
