import type { Migration } from '@innkeeper/storage/migrations'
import type { FamilyTables } from '@innkeeper/tokens/families/families-migrations'

/** The tables of the identity service, beside those of its sign-ins. Times are epoch ms. */
export interface IdentityTables extends FamilyTables {
  readonly account: AccountRow
  /** Names of deleted accounts. `value` is a username or a nick's skeleton. */
  readonly reserved_name: {
    readonly kind: 'username' | 'nick'
    readonly value: string
    readonly until: number
  }
}

/** An account. */
export interface AccountRow {
  readonly uuid: string
  readonly username: string
  readonly nick: string
  readonly nick_skeleton: string
  readonly password_hash: string
  readonly auth_epoch: number
  readonly created_at: number
  readonly password_changed_at: number
}

/** For `migrate(database, 'identity', identityMigrations)`. */
export const identityMigrations: Readonly<Record<string, Migration>> = {
  '001-accounts': {
    async up(db) {
      await db.schema
        .createTable('account')
        .addColumn('uuid', 'text', (column) => column.primaryKey())
        .addColumn('username', 'text', (column) => column.notNull())
        .addColumn('nick', 'text', (column) => column.notNull())
        .addColumn('nick_skeleton', 'text', (column) => column.notNull())
        .addColumn('password_hash', 'text', (column) => column.notNull())
        .addColumn('auth_epoch', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'double precision', (column) => column.notNull())
        .addColumn('password_changed_at', 'double precision', (column) => column.notNull())
        .execute()
      for (const column of ['username', 'nick_skeleton']) {
        await db.schema
          .createIndex(`account_${column}_unique`)
          .unique()
          .on('account')
          .column(column)
          .execute()
      }
      await db.schema
        .createTable('reserved_name')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('until', 'double precision', (column) => column.notNull())
        .addPrimaryKeyConstraint('reserved_name_primary', ['kind', 'value'])
        .execute()
    },
  },
}
