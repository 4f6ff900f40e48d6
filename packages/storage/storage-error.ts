/** What a database said no with. `code` is SQLite's (`SQLITE_BUSY`), or `STORAGE_CLOSED` when it is gone. */
export class StorageError extends Error {
  override readonly name = 'StorageError'

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message)
  }
}

/** A column that carries a unique index of its own, named `<table>_<column>_unique`. */
export interface UniqueColumn {
  readonly table: string
  readonly column: string
}

const sqliteCodes = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])
const postgresState = '23505'

/**
 * Whether a write failed because a row with this value exists; both databases say it their own way.
 *
 * @param where  asks about one column; on PostgreSQL that reads the index's name, so name indexes as above
 */
export function isUniqueViolation(error: unknown, where?: UniqueColumn): boolean {
  if (error instanceof StorageError) {
    if (!sqliteCodes.has(error.code)) return false
    return where === undefined || error.message.split(/[ ,]+/).includes(`${where.table}.${where.column}`)
  }
  if (!(error instanceof Error)) return false
  // Bun.SQL keeps PostgreSQL's SQLSTATE in `errno`.
  if (!('errno' in error) || error.errno !== postgresState) return false
  if (where === undefined) return true
  return 'constraint' in error && error.constraint === `${where.table}_${where.column}_unique`
}
