import type { Migration } from '@innkeeper/storage/migrations'
import type { Realm } from './families'

/** The tables of sign-ins. Times are epoch ms. */
export interface FamilyTables {
  readonly token_family: FamilyRow
  readonly auth_event: {
    readonly id: string
    readonly realm: Realm
    readonly at: number
    readonly owner: string
    readonly sid: string
    readonly kind: string
    readonly detail: string
  }
}

/** One sign-in. No token and no key is in here: a refresh token is derived from `id`, `gen` and `rotated_at`. */
export interface FamilyRow {
  readonly id: string
  readonly realm: Realm
  readonly owner: string
  readonly gen: number
  /** The newest generation that the client has proved to hold. */
  readonly confirmed_gen: number
  readonly rotated_at: number
  /** How often the predecessor came back since the last rotation. */
  readonly reuse_count: number
  readonly created_at: number
  readonly absolute_expires_at: number
  readonly idle_expires_at: number
  readonly revoked_at: number | null
  readonly revoked_reason: string | null
  readonly last_outcome: string | null
  readonly device_name: string | null
  readonly user_agent: string | null
  readonly ip_prefix: string | null
}

/** For `migrate(database, 'families', familiesMigrations)`. Every service that keeps sign-ins runs them. */
export const familiesMigrations: Readonly<Record<string, Migration>> = {
  '001-families': {
    async up(db) {
      await db.schema
        .createTable('token_family')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('realm', 'text', (column) => column.notNull())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('gen', 'integer', (column) => column.notNull())
        .addColumn('confirmed_gen', 'integer', (column) => column.notNull())
        .addColumn('rotated_at', 'double precision', (column) => column.notNull())
        .addColumn('reuse_count', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'double precision', (column) => column.notNull())
        .addColumn('absolute_expires_at', 'double precision', (column) => column.notNull())
        .addColumn('idle_expires_at', 'double precision', (column) => column.notNull())
        .addColumn('revoked_at', 'double precision')
        .addColumn('revoked_reason', 'text')
        .addColumn('last_outcome', 'text')
        .addColumn('device_name', 'text')
        .addColumn('user_agent', 'text')
        .addColumn('ip_prefix', 'text')
        .execute()
      await db.schema
        .createIndex('token_family_owner')
        .on('token_family')
        .columns(['realm', 'owner', 'revoked_at'])
        .execute()
      await db.schema
        .createIndex('token_family_revoked')
        .on('token_family')
        .columns(['realm', 'revoked_at'])
        .execute()
      await db.schema
        .createTable('auth_event')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('realm', 'text', (column) => column.notNull())
        .addColumn('at', 'double precision', (column) => column.notNull())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('sid', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('detail', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('auth_event_owner')
        .on('auth_event')
        .columns(['realm', 'owner', 'at'])
        .execute()
    },
  },
}
