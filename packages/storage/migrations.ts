import type { Migration } from 'kysely/migration'
import { Migrator } from 'kysely/migration'
import type { Database } from './open-database'

export type { Migration } from 'kysely/migration'

/**
 * Brings one part of the database to its newest shape. Every part counts for itself (`migration_<name>`), so parts
 * can share a database. Several processes may start at once: one migrates, the others wait and find nothing to do.
 *
 * @param name  lower-case letters and `_`; it must never change
 * @param migrations  by name; they run in alphabetical order (`001-…`), each once
 * @throws Error naming the part and the migration that failed; what it did is undone
 */
export async function migrate<Tables>(
  database: Database<Tables>,
  name: string,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: `migration_${name}`,
    migrationLockTableName: `migration_lock_${name}`,
    nameComparator: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName
  const reason = error instanceof Error ? error.message : 'no reason was given'
  throw new Error(`Migration ${name}${failed === undefined ? '' : `/${failed}`} failed: ${reason}`, {
    cause: error,
  })
}
