import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import { isUniqueViolation } from '@innkeeper/storage/storage-error'
import { toSeat, toSeatRow, toSession, toSessionRow, type SeatRow, type SeatTables } from './seat-rows'
import type { Seat, RecoveryWindow, SeatedPlayer, SeatSecrets, Seats, Session } from './seats'

type Db = Database<SeatTables>['db']

/** Seats on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlSeats({ db }: Database<SeatTables>): Seats {
  return {
    open: (session, gm, options) => open(db, session, { gm, ...options }),
    async findOpen(code) {
      const row = await db
        .selectFrom('table_sessions')
        .selectAll()
        .where('code', '=', code)
        .where('closed_at', 'is', null)
        .executeTakeFirst()
      return row && toSession(row)
    },
    take: (seat, secrets) => take(db, seat, secrets),
    leave: (uuid) => leave(db, uuid),
    async skeletonsAt(sessionId) {
      const query = db.selectFrom('table_seats').select('skeleton').where('session_id', '=', sessionId)
      return new Set((await query.execute()).map((row) => row.skeleton))
    },
    async load(uuid) {
      const row = await seatRows(db).where('uuid', '=', uuid).executeTakeFirst()
      return row && seated(db, row)
    },
    async findByChannel(channelHash) {
      const row = await seatRows(db).where('channel_hash', '=', channelHash).executeTakeFirst()
      const player = row && (await seated(db, row))
      return row && player && { ...player, signIn: row.sign_in, channelIssuedAt: row.channel_issued_at }
    },
    async findByRecovery(recoveryHash, window) {
      const row = await seatRows(db)
        .where((seat) => opensWith(seat, recoveryHash, window))
        .executeTakeFirst()
      const player = row && (await seated(db, row))
      return player?.session.closedAt === undefined ? player : undefined
    },
    recover: (recoveryHash, next, window) => recover(db, recoveryHash, { next, window }),
    close: async (sessionId, atMs) => {
      await db
        .updateTable('table_sessions')
        .set({ closed_at: atMs })
        .where('id', '=', sessionId)
        .where('closed_at', 'is', null)
        .execute()
    },
  }
}

interface Opening {
  readonly gm: Seat
  readonly secrets: SeatSecrets
  readonly seatsMax: number
}

async function open(db: Db, session: Session, { gm, secrets, seatsMax }: Opening): ReturnType<Seats['open']> {
  try {
    await db.transaction().execute(async (transaction) => {
      const row = toSessionRow(session, seatsMax)
      await transaction.insertInto('table_sessions').values(row).execute()
      await transaction.insertInto('table_seats').values(toSeatRow(gm, secrets)).execute()
    })
    return 'opened'
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_sessions', column: 'code' })) return 'code-taken'
    throw error
  }
}

async function take(db: Db, seat: Seat, secrets: SeatSecrets): ReturnType<Seats['take']> {
  try {
    return await db.transaction().execute(async (transaction) => {
      // The row lock of this update makes joiners queue, so that the last seat is given once.
      const counted = await transaction
        .updateTable('table_sessions')
        .set((eb) => ({ seats_taken: eb('seats_taken', '+', 1) }))
        .where('id', '=', seat.sessionId)
        .where('closed_at', 'is', null)
        .whereRef('seats_taken', '<', 'seats_max')
        .returning('id')
        .executeTakeFirst()
      if (counted === undefined) return await whyNoSeat(transaction, seat.sessionId)
      await transaction.insertInto('table_seats').values(toSeatRow(seat, secrets)).execute()
      return 'seated'
    })
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_seats', column: 'skeleton' })) return 'name-taken'
    throw error
  }
}

async function whyNoSeat(db: Db, sessionId: RoomId): Promise<'full' | 'closed'> {
  const row = await db
    .selectFrom('table_sessions')
    .select('closed_at')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return row?.closed_at === null ? 'full' : 'closed'
}

async function leave(db: Db, uuid: PlayerUuid): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const removed = await transaction
      .deleteFrom('table_seats')
      .where('uuid', '=', uuid)
      .returning('session_id')
      .executeTakeFirst()
    if (removed === undefined) return
    await transaction
      .updateTable('table_sessions')
      .set((eb) => ({ seats_taken: eb('seats_taken', '-', 1) }))
      .where('id', '=', removed.session_id)
      .execute()
  })
}

interface Recovery {
  readonly next: SeatSecrets
  readonly window: RecoveryWindow
}

// One statement, so that of two devices with the same key the later one alone holds the seat's secrets.
async function recover(db: Db, hash: string, { next, window }: Recovery): Promise<SeatedPlayer | undefined> {
  const row = await db
    .updateTable('table_seats')
    .set((eb) => ({
      recovered_at: eb
        .case()
        .when('recovery_hash', '=', hash)
        .then(window.nowMs)
        .else(eb.ref('recovered_at'))
        .end(),
      previous_recovery_hash: hash,
      recovery_hash: next.recoveryHash,
      channel_hash: next.channelHash,
      channel_issued_at: next.channelIssuedAt,
      sign_in: next.signIn,
    }))
    .where((seat) => opensWith(seat, hash, window))
    .returningAll()
    .executeTakeFirst()
  return row && seated(db, row)
}

function opensWith(
  seat: ExpressionBuilder<SeatTables, 'table_seats'>,
  hash: string,
  { nowMs, graceMs }: RecoveryWindow,
): Expression<SqlBool> {
  const isUsedKey = seat('previous_recovery_hash', '=', hash)
  return seat.or([
    seat('recovery_hash', '=', hash),
    seat.and([isUsedKey, seat('recovered_at', '>', nowMs - graceMs)]),
  ])
}

function seatRows(db: Db) {
  return db.selectFrom('table_seats').selectAll()
}

async function seated(db: Db, row: SeatRow): Promise<SeatedPlayer | undefined> {
  const session = await db
    .selectFrom('table_sessions')
    .selectAll()
    .where('id', '=', row.session_id)
    .executeTakeFirst()
  return session && { seat: toSeat(row), session: toSession(session) }
}
