import { sql } from 'kysely'
import type { Migration } from '@innkeeper/storage/migrations'

type Db = Parameters<Migration['up']>[0]

/**
 * A seat used to have one channel token, in its own row; now it has one per device. SQLite drops no column that a
 * constraint knows, so the rows move to a new table.
 */
export async function rebuildSeats(db: Db): Promise<void> {
  await sql`create table table_seats_before as select * from table_seats`.execute(db)
  await db.schema.dropTable('table_seats').execute()
  await createSeats(db)
  await createChannels(db)
  await sql`
    insert into table_seats (uuid, session_id, name, skeleton, role, account_uuid, recovery_hash,
      previous_recovery_hash, recovered_at, created_at, played_at)
    select uuid, session_id, name, skeleton, role, account_uuid, recovery_hash,
      previous_recovery_hash, recovered_at, created_at, channel_issued_at
    from table_seats_before`.execute(db)
  await unlinkDoubles(db)
  await sql`
    insert into table_channels (sign_in, seat_uuid, hash, issued_at, ends_at)
    select sign_in, uuid, channel_hash, channel_issued_at, channel_issued_at + ${signInMs}
    from table_seats_before`.execute(db)
  await db.schema.dropTable('table_seats_before').execute()
  await db.schema
    .createIndex('table_seats_account_uuid_unique')
    .unique()
    .on('table_seats')
    .columns(['session_id', 'account_uuid'])
    .execute()
}

/** What a sign-in lasts at most. */
const signInMs = sql.raw(String(90 * 24 * 60 * 60 * 1_000))

async function createSeats({ schema }: Db): Promise<void> {
  await schema
    .createTable('table_seats')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) =>
      column.notNull().references('table_sessions.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('skeleton', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('account_uuid', 'text')
    .addColumn('recovery_hash', 'text', (column) => column.notNull())
    .addColumn('previous_recovery_hash', 'text')
    .addColumn('recovered_at', 'double precision')
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addColumn('played_at', 'double precision', (column) => column.notNull())
    .addUniqueConstraint('table_seats_skeleton_unique', ['session_id', 'skeleton'])
    .addUniqueConstraint('table_seats_recovery_hash_unique', ['recovery_hash'])
    .execute()
  for (const column of ['previous_recovery_hash', 'account_uuid']) {
    await schema.createIndex(`table_seats_${column}`).on('table_seats').column(column).execute()
  }
}

async function createChannels({ schema }: Db): Promise<void> {
  await schema
    .createTable('table_channels')
    .addColumn('sign_in', 'text', (column) => column.primaryKey())
    .addColumn('seat_uuid', 'text', (column) =>
      column.notNull().references('table_seats.uuid').onDelete('cascade'),
    )
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('issued_at', 'double precision', (column) => column.notNull())
    .addColumn('ends_at', 'double precision', (column) => column.notNull())
    .addUniqueConstraint('table_channels_hash_unique', ['hash'])
    .execute()
  for (const column of ['seat_uuid', 'ends_at']) {
    await schema.createIndex(`table_channels_${column}`).on('table_channels').column(column).execute()
  }
}

/** Of an account's seats at one table only the oldest stays linked: an account now has one. */
async function unlinkDoubles(db: Db): Promise<void> {
  await sql`
    update table_seats set account_uuid = null
    where account_uuid is not null and exists (
      select 1 from table_seats_before as older
      where older.session_id = table_seats.session_id and older.account_uuid = table_seats.account_uuid
        and (older.created_at < table_seats.created_at
          or (older.created_at = table_seats.created_at and older.uuid < table_seats.uuid)))`.execute(db)
}
