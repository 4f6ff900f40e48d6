/**
 * The thread that owns the one SQLite connection of a process. An fsync takes 0.1 ms on a good disk and 10 ms on a
 * poor one; here it stops nobody's socket.
 */
import { Database, type Statement } from 'bun:sqlite'
import type { SqliteAnswer, SqliteRequest, SqliteValue } from './sqlite-messages'

declare const self: Worker

/** Prepared statements that are kept; the oldest goes when there are more. */
const statementsKept = 512

class Connection {
  readonly #database: Database
  readonly #statements = new Map<string, Statement<unknown, SqliteValue[]>>()

  constructor(path: string, busyTimeoutMs: number) {
    this.#database = new Database(path, { create: true, readwrite: true, strict: true })
    this.#database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    this.#database.run('PRAGMA journal_mode = WAL')
    // FULL, not NORMAL: in WAL mode only FULL syncs at every commit, and a commit is what we acknowledge.
    this.#database.run('PRAGMA synchronous = FULL')
    this.#database.run('PRAGMA foreign_keys = ON')
  }

  query(id: number, sql: string, values: readonly SqliteValue[]): SqliteAnswer {
    const statement = this.#prepare(sql)
    if (statement.columnNames.length > 0) {
      return { id, rows: statement.all(...values), changes: 0, lastId: 0 }
    }
    const { changes, lastInsertRowid } = statement.run(...values)
    // A statement that was prepared before the tables changed keeps its old column names.
    if (/^\s*(create|alter|drop|pragma)\b/i.test(sql)) this.#forgetStatements()
    return { id, rows: [], changes, lastId: lastInsertRowid }
  }

  close(): void {
    this.#forgetStatements()
    this.#database.run('PRAGMA optimize')
    this.#database.run('PRAGMA wal_checkpoint(TRUNCATE)')
    this.#database.close()
  }

  #prepare(sql: string): Statement<unknown, SqliteValue[]> {
    const known = this.#statements.get(sql)
    if (known !== undefined) {
      this.#statements.delete(sql)
      this.#statements.set(sql, known)
      return known
    }
    const statement = this.#database.prepare<unknown, SqliteValue[]>(sql)
    this.#statements.set(sql, statement)
    if (this.#statements.size > statementsKept) this.#forgetOldest()
    return statement
  }

  #forgetOldest(): void {
    for (const [sql, statement] of this.#statements) {
      statement.finalize()
      this.#statements.delete(sql)
      return
    }
  }

  #forgetStatements(): void {
    for (const statement of this.#statements.values()) statement.finalize()
    this.#statements.clear()
  }
}

function serve(): void {
  const connections: Connection[] = []
  self.onmessage = (event: MessageEvent<SqliteRequest>) => {
    self.postMessage(answer(event.data, connections))
    if (event.data.kind === 'close') self.onmessage = null
  }
}

function answer(request: SqliteRequest, connections: Connection[]): SqliteAnswer {
  const done = { id: request.id, rows: [], changes: 0, lastId: 0 }
  try {
    const [connection] = connections
    switch (request.kind) {
      case 'open':
        connections.push(new Connection(request.path, request.busyTimeoutMs))
        return done
      case 'query':
        if (connection === undefined) throw new Error('The database is not open')
        return connection.query(request.id, request.sql, request.values)
      case 'close':
        connection?.close()
        return done
    }
  } catch (error) {
    return { id: request.id, error: describe(error) }
  }
}

function describe(error: unknown): { message: string; code: string } {
  if (!(error instanceof Error)) return { message: String(error), code: 'UNKNOWN' }
  return { message: error.message, code: 'code' in error ? String(error.code) : 'UNKNOWN' }
}

serve()
