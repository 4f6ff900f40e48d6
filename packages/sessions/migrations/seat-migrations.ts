import type { Migration } from '@innkeeper/storage/migrations'

type Schema = Parameters<Migration['up']>[0]['schema']

/** The tables of `createSqlSeats`, to hand to `migrate(database, 'seats', seatMigrations)`. */
export const seatMigrations: Readonly<Record<string, Migration>> = {
  '001-tables-and-seats': {
    async up({ schema }) {
      await createSessions(schema)
      await createSeats(schema)
    },
  },
}

/** Times are epoch ms. */
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

/** What opens a seat is kept as a SHA-256 in hexadecimal, never as it is. */
async function createSeats(schema: Schema): Promise<void> {
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
