import type { Migration } from '@innkeeper/storage/migrations'
import { rebuildSeats } from './rebuild-seats'

type Schema = Parameters<Migration['up']>[0]['schema']

/**
 * The tables of `createSqlStores`, to hand to `migrate(database, 'seats', seatMigrations)`. Times are epoch ms, yes or
 * no is 1 or 0, and what opens a seat is kept as a SHA-256 in hexadecimal, never as it is. A migration that has run
 * anywhere is never edited.
 */
export const seatMigrations: Readonly<Record<string, Migration>> = {
  '001-tables-and-seats': {
    async up({ schema }) {
      await createSessions(schema)
      await createFirstSeats(schema)
    },
  },
  '002-devices-claims-and-bans': {
    async up(db) {
      await rebuildSeats(db)
      await extendSessions(db.schema)
      await createBans(db.schema)
      await createClaims(db.schema)
      await createPairings(db.schema)
    },
  },
}

async function createSessions(schema: Schema): Promise<void> {
  await schema
    .createTable('table_sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('edition', 'text', (column) => column.notNull())
    .addColumn('seats_max', 'integer', (column) => column.notNull())
    .addColumn('seats_taken', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addColumn('closed_at', 'double precision')
    .execute()
  await schema
    .createIndex('table_sessions_code_unique')
    .on('table_sessions')
    .column<'code' | 'closed_at'>('code')
    .unique()
    .where('closed_at', 'is', null)
    .execute()
}

async function createFirstSeats(schema: Schema): Promise<void> {
  await schema
    .createTable('table_seats')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) => column.notNull().references('table_sessions.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('skeleton', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('account_uuid', 'text')
    .addColumn('sign_in', 'text', (column) => column.notNull())
    .addColumn('channel_hash', 'text', (column) => column.notNull())
    .addColumn('channel_issued_at', 'double precision', (column) => column.notNull())
    .addColumn('recovery_hash', 'text', (column) => column.notNull())
    .addColumn('previous_recovery_hash', 'text')
    .addColumn('recovered_at', 'double precision')
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addUniqueConstraint('table_seats_skeleton_unique', ['session_id', 'skeleton'])
    .addUniqueConstraint('table_seats_channel_hash_unique', ['channel_hash'])
    .addUniqueConstraint('table_seats_recovery_hash_unique', ['recovery_hash'])
    .execute()
  await schema
    .createIndex('table_seats_previous_recovery_hash')
    .on('table_seats')
    .column('previous_recovery_hash')
    .execute()
}

async function extendSessions(schema: Schema): Promise<void> {
  await schema
    .alterTable('table_sessions')
    .addColumn('joinable', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
  await schema.alterTable('table_sessions').addColumn('cleared_at', 'double precision').execute()
}

/** `account_uuid` is null where the player had no account: then the name alone is held. */
async function createBans(schema: Schema): Promise<void> {
  await schema
    .createTable('table_bans')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) =>
      column.notNull().references('table_sessions.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('skeleton', 'text', (column) => column.notNull())
    .addColumn('account_uuid', 'text')
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addColumn('until', 'double precision', (column) => column.notNull())
    .execute()
  await schema.createIndex('table_bans_session').on('table_bans').column('session_id').execute()
}

async function createClaims(schema: Schema): Promise<void> {
  await schema
    .createTable('table_claims')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('seat_uuid', 'text', (column) =>
      column.notNull().references('table_seats.uuid').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addColumn('ends_at', 'double precision', (column) => column.notNull())
    .execute()
  for (const column of ['session_id', 'seat_uuid', 'ends_at']) {
    await schema.createIndex(`table_claims_${column}`).on('table_claims').column(column).execute()
  }
}

async function createPairings(schema: Schema): Promise<void> {
  await schema
    .createTable('table_pairings')
    .addColumn('seat_uuid', 'text', (column) =>
      column.primaryKey().references('table_seats.uuid').onDelete('cascade'),
    )
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('sign_in', 'text', (column) => column.notNull())
    .addColumn('ends_at', 'double precision', (column) => column.notNull())
    .addUniqueConstraint('table_pairings_code_hash_unique', ['code_hash'])
    .execute()
}
