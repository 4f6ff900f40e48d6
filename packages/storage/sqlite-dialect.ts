import {
  type CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely'
import type { SqliteValue } from './sqlite-messages'
import type { SqliteResult, SqliteThread } from './sqlite-thread'
import { StorageError } from './storage-error'

/**
 * Kysely on a `SqliteThread`. There is one connection. Single queries go to it as they come, without waiting for each
 * other's answers; a transaction has it alone from begin to commit or rollback. All of them in order of arrival.
 */
export class SqliteThreadDialect implements Dialect {
  constructor(readonly thread: SqliteThread) {}

  createDriver(): Driver {
    return new ThreadDriver(this.thread)
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return new ThreadAdapter()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

class ThreadAdapter extends SqliteAdapter {
  // Migrations then run in one immediate transaction: two processes that start on one file take turns.
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  // Or Kysely would guard the connection with a mutex of its own, that wakes every waiter for each release: 10,000
  // queries at once then run at 1,600 per second.
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class ThreadDriver implements Driver {
  readonly #thread: SqliteThread
  readonly #turns = new Turns()

  constructor(thread: SqliteThread) {
    this.#thread = thread
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new ThreadConnection(this.#thread, this.#turns))
  }

  async beginTransaction(connection: ThreadConnection): Promise<void> {
    await connection.begin()
  }

  async commitTransaction(connection: ThreadConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: ThreadConnection): Promise<void> {
    await connection.rollback()
  }

  async releaseConnection(): Promise<void> {}

  // The thread belongs to whoever opened it; Kysely skips this when no query was ever made.
  async destroy(): Promise<void> {}
}

class ThreadConnection implements DatabaseConnection {
  readonly #thread: SqliteThread
  readonly #turns: Turns
  #isInTransaction = false

  constructor(thread: SqliteThread, turns: Turns) {
    this.#thread = thread
    this.#turns = turns
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const values = query.parameters.map(parseValue)
    const ask = () => this.#thread.query(query.sql, values)
    const { rows, changes, lastId } = await (this.#isInTransaction ? ask() : this.#turns.single(ask))
    return { rows: parseRows<Row>(rows), numAffectedRows: BigInt(changes), insertId: BigInt(lastId) }
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator, and there is nothing to yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('This database does not stream: read in pages')
  }

  async begin(): Promise<void> {
    try {
      // IMMEDIATE: a transaction that reads first and writes later would otherwise fail halfway with SQLITE_BUSY.
      await this.#turns.alone(() => this.#thread.query('begin immediate', []))
      this.#isInTransaction = true
    } catch (error) {
      this.#turns.leave()
      throw error
    }
  }

  async commit(): Promise<void> {
    // When this fails, Kysely asks for the rollback, so the turn is kept.
    await this.#thread.query('commit', [])
    this.#end()
  }

  async rollback(): Promise<void> {
    try {
      await this.#thread.query('rollback', [])
    } catch (error) {
      // A full disk makes SQLite roll back by itself. Anything else is news.
      if (!(error instanceof StorageError && error.message.includes('no transaction is active'))) throw error
    } finally {
      this.#end()
    }
  }

  #end(): void {
    this.#isInTransaction = false
    this.#turns.leave()
  }
}

type Ask = () => Promise<SqliteResult>

interface Waiter {
  readonly isAlone: boolean
  start(): void
}

/**
 * First come, first served: any number of single queries together, or one transaction alone. Whoever waits is started
 * by a call and not by a promise, so that nothing can slip in between a turn and its first query.
 */
class Turns {
  readonly #waiting: Waiter[] = []
  #hasTransaction = false

  single(ask: Ask): Promise<SqliteResult> {
    return this.#isTaken ? this.#wait(false, ask) : ask()
  }

  /** The turn lasts until `leave`. */
  alone(ask: Ask): Promise<SqliteResult> {
    if (this.#isTaken) return this.#wait(true, ask)
    this.#hasTransaction = true
    return ask()
  }

  leave(): void {
    this.#hasTransaction = false
    const nextAlone = this.#waiting.findIndex((waiter) => waiter.isAlone)
    const singles = this.#waiting.splice(0, nextAlone === -1 ? this.#waiting.length : nextAlone)
    for (const waiter of singles) waiter.start()
    if (nextAlone === -1) return
    this.#hasTransaction = true
    this.#waiting.shift()?.start()
  }

  get #isTaken(): boolean {
    return this.#hasTransaction || this.#waiting.length > 0
  }

  #wait(isAlone: boolean, ask: Ask): Promise<SqliteResult> {
    return new Promise((resolve) => this.#waiting.push({ isAlone, start: () => resolve(ask()) }))
  }
}

function parseRows<Row>(rows: readonly unknown[]): Row[] {
  return rows as Row[]
}

function parseValue(value: unknown): SqliteValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value
    default:
      if (value === null || value instanceof Uint8Array) return value
      throw new TypeError(`A database column cannot hold ${value === undefined ? 'undefined' : typeof value}`)
  }
}
