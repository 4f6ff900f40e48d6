import type { SqliteAnswer, SqliteRequest, SqliteValue } from './sqlite-messages'
import { StorageError } from './storage-error'

interface Waiting {
  resolve(result: SqliteResult): void
  reject(error: Error): void
}

/** Rows of a query that returns any; otherwise how many rows changed, and the newest row id. */
export interface SqliteResult {
  readonly rows: readonly unknown[]
  readonly changes: number
  readonly lastId: number | bigint
}

type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never

/**
 * One SQLite connection in a worker thread. Queries run in the order they are asked. When the worker dies, everything
 * that waits and everything asked later fails with `STORAGE_CLOSED`: nothing hangs.
 *
 * The thread keeps the process alive only while something waits for it.
 */
export class SqliteThread {
  readonly #worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url).href, { name: 'sqlite' })
  readonly #waiting = new Map<number, Waiting>()
  #newestId = 0
  #gone: StorageError | undefined

  private constructor() {
    this.#worker.onmessage = (event: MessageEvent<SqliteAnswer>) => this.#settle(event.data)
    this.#worker.addEventListener('error', (event) =>
      this.#fail(`The database thread failed: ${event.message}`),
    )
    this.#worker.addEventListener('close', () => this.#fail('The database thread has ended'))
    this.#worker.unref()
  }

  /**
   * @param path  a file, made when missing, or `:memory:`
   * @throws StorageError when the file cannot be opened
   */
  static async open(path: string, busyTimeoutMs: number): Promise<SqliteThread> {
    const thread = new SqliteThread()
    try {
      await thread.#ask({ kind: 'open', path, busyTimeoutMs })
      return thread
    } catch (error) {
      thread.#worker.terminate()
      throw error
    }
  }

  /** @throws StorageError with SQLite's code */
  query(sql: string, values: readonly SqliteValue[]): Promise<SqliteResult> {
    return this.#ask({ kind: 'query', sql, values })
  }

  /** Finishes what was asked, writes the log back into the file, and ends the thread. */
  async close(): Promise<void> {
    if (this.#gone !== undefined) return
    try {
      await this.#ask({ kind: 'close' })
    } finally {
      this.#fail('The database is closed')
      this.#worker.terminate()
    }
  }

  /** Ends the thread at once; what it was doing is not committed. */
  kill(): void {
    this.#worker.terminate()
    this.#fail('The database thread was ended')
  }

  #ask(request: WithoutId<SqliteRequest>): Promise<SqliteResult> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone)
    const id = ++this.#newestId
    if (this.#waiting.size === 0) this.#worker.ref()
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ ...request, id })
    })
  }

  #settle(answer: SqliteAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if ('error' in answer) waiting?.reject(new StorageError(answer.error.message, answer.error.code))
    else waiting?.resolve(answer)
  }

  #fail(message: string): void {
    this.#gone ??= new StorageError(message, 'STORAGE_CLOSED')
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone)
    this.#waiting.clear()
    this.#worker.unref()
  }
}
