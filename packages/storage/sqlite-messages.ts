/** A value that SQLite can hold and that may cross to the worker and back. */
export type SqliteValue = string | number | bigint | boolean | Uint8Array | null

/** What the worker is asked for. `open` comes first and once, `close` last. */
export type SqliteRequest =
  | { readonly id: number; readonly kind: 'open'; readonly path: string; readonly busyTimeoutMs: number }
  | {
      readonly id: number
      readonly kind: 'query'
      readonly sql: string
      readonly values: readonly SqliteValue[]
    }
  | { readonly id: number; readonly kind: 'close' }

/** Its answer, with the id of the request. `code` is SQLite's own (`SQLITE_CONSTRAINT_UNIQUE`). */
export type SqliteAnswer =
  | {
      readonly id: number
      readonly rows: readonly unknown[]
      readonly changes: number
      readonly lastId: number | bigint
    }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string } }
