import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import { isUniqueViolation } from '@innkeeper/storage/storage-error'
import { toChannel, toChannelRow, toSeat, toSeatRow, toSessionRow, type SeatTables } from './seat-rows'
import type {
  ChannelHolder,
  NewBan,
  OpenOptions,
  RecoveryWindow,
  Seat,
  SeatedPlayer,
  SeatKeys,
  Seats,
  Session,
  Taking,
} from './seats'
import { findBan, lockSeat, lockSession, replaceChannels, seated, type Db } from './sql-seat-parts'

/** Seats on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlSeats({ db }: Database<SeatTables>): Seats {
  return {
    open: (session, gm, options) => open(db, session, { gm, ...options }),
    take: (seat, keys) => take(db, seat, keys),
    remove: (uuid, ban) => remove(db, uuid, ban),
    async list(sessionId) {
      const query = seatRows(db).where('session_id', '=', sessionId).orderBy('created_at').orderBy('uuid')
      return (await query.execute()).map(toSeat)
    },
    load: async (uuid) => seated(db, await seatRows(db).where('uuid', '=', uuid).executeTakeFirst()),
    rename: (uuid, name) => rename(db, uuid, name),
    handOver: (gm, player) => handOver(db, gm, player),
    async played(uuid, atMs) {
      await db.updateTable('table_seats').set({ played_at: atMs }).where('uuid', '=', uuid).execute()
    },
    findByChannel: (hash) => findByChannel(db, hash),
    addChannel: (uuid, channel) =>
      db.transaction().execute(async (trx) => {
        const row = await lockSeat(trx, uuid)
        if (row === undefined) return undefined
        await trx.insertInto('table_channels').values(toChannelRow(uuid, channel)).execute()
        return await seated(trx, row)
      }),
    async dropChannel(signIn) {
      await db.deleteFrom('table_channels').where('sign_in', '=', signIn).execute()
    },
    async dropOldChannels(nowMs) {
      await db.deleteFrom('table_channels').where('ends_at', '<=', nowMs).execute()
    },
    recover: (recoveryHash, next, window) => recover(db, recoveryHash, { next, window }),
    async findByRecovery(recoveryHash, window) {
      const row = await seatRows(db)
        .where((seat) => opensWith(seat, recoveryHash, window))
        .executeTakeFirst()
      const player = await seated(db, row)
      return player?.session.closedAt === undefined ? player : undefined
    },
    async renewRecovery(uuid, recoveryHash) {
      const renewed = await db
        .updateTable('table_seats')
        .set({ recovery_hash: recoveryHash, previous_recovery_hash: null, recovered_at: null })
        .where('uuid', '=', uuid)
        .returning('uuid')
        .executeTakeFirst()
      return renewed !== undefined
    },
  }
}

async function open(
  db: Db,
  session: Session,
  { gm, keys, seatsMax }: OpenOptions & { readonly gm: Seat },
): ReturnType<Seats['open']> {
  try {
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('table_sessions').values(toSessionRow(session, seatsMax)).execute()
      await trx.insertInto('table_seats').values(toSeatRow(gm, keys.recoveryHash)).execute()
      await trx.insertInto('table_channels').values(toChannelRow(gm.uuid, keys.channel)).execute()
    })
    return 'opened'
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_sessions', column: 'code' })) return 'code-taken'
    throw error
  }
}

async function take(db: Db, seat: Seat, { channel, recoveryHash }: SeatKeys): Promise<Taking> {
  const { uuid, sessionId, skeleton, accountUuid: account_uuid = null } = seat
  try {
    return await db.transaction().execute(async (trx) => {
      // Joiners queue here, so that the last seat is given once, and nobody slips past a ban that is being spoken.
      const session = await lockSession(trx, sessionId)
      if (session === undefined || session.closed_at !== null) return { kind: 'closed' }
      const ban = await findBan(trx, { sessionId, skeleton, account_uuid }, seat.createdAt)
      if (ban) return { kind: 'banned', until: ban.until }
      if (session.joinable !== 1) return { kind: 'not-joinable' }
      if (session.seats_taken >= session.seats_max) return { kind: 'full' }
      await trx.insertInto('table_seats').values(toSeatRow(seat, recoveryHash)).execute()
      await trx.insertInto('table_channels').values(toChannelRow(uuid, channel)).execute()
      await trx
        .updateTable('table_sessions')
        .set({ seats_taken: session.seats_taken + 1 })
        .where('id', '=', sessionId)
        .execute()
      return { kind: 'seated' }
    })
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_seats', column: 'skeleton' })) return { kind: 'name-taken' }
    if (isUniqueViolation(error, { table: 'table_seats', column: 'account_uuid' }))
      return { kind: 'account-seated' }
    throw error
  }
}

async function remove(db: Db, uuid: PlayerUuid, ban: NewBan | undefined): ReturnType<Seats['remove']> {
  const known = await seatRows(db).where('uuid', '=', uuid).executeTakeFirst()
  if (known === undefined) return 'gone'
  return await db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, known.session_id)
    const row = await seatRows(trx).where('uuid', '=', uuid).executeTakeFirst()
    if (session === undefined || row === undefined) return 'gone'
    if (row.role === 'gm') return 'leads'
    await trx.deleteFrom('table_seats').where('uuid', '=', uuid).execute()
    await trx
      .updateTable('table_sessions')
      .set({ seats_taken: session.seats_taken - 1 })
      .where('id', '=', session.id)
      .execute()
    if (ban === undefined) return 'removed'
    const { session_id, name, skeleton, account_uuid } = row
    const banned = { id: ban.id, session_id, name, skeleton, account_uuid }
    await trx
      .insertInto('table_bans')
      .values({ ...banned, created_at: ban.spokenAt, until: ban.until })
      .execute()
    return 'removed'
  })
}

async function rename(
  db: Db,
  uuid: PlayerUuid,
  { name, skeleton }: Parameters<Seats['rename']>[1],
): ReturnType<Seats['rename']> {
  try {
    const renamed = await db
      .updateTable('table_seats')
      .set({ name, skeleton })
      .where('uuid', '=', uuid)
      .returning('uuid')
      .executeTakeFirst()
    return renamed === undefined ? 'gone' : 'renamed'
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_seats', column: 'skeleton' })) return 'name-taken'
    throw error
  }
}

async function handOver(db: Db, gm: PlayerUuid, player: PlayerUuid): Promise<boolean> {
  const found = await seatRows(db).where('uuid', '=', gm).executeTakeFirst()
  if (found === undefined) return false
  return await db.transaction().execute(async (trx) => {
    // Two hand-overs at once: whoever comes second finds that they lead no longer.
    await lockSession(trx, found.session_id)
    const rows = await seatRows(trx).where('session_id', '=', found.session_id).execute()
    const roleOf = (uuid: PlayerUuid) => rows.find((row) => row.uuid === uuid)?.role
    if (roleOf(gm) !== 'gm' || roleOf(player) !== 'player') return false
    await trx.updateTable('table_seats').set({ role: 'player' }).where('uuid', '=', gm).execute()
    await trx.updateTable('table_seats').set({ role: 'gm' }).where('uuid', '=', player).execute()
    return true
  })
}

async function findByChannel(db: Db, hash: string): Promise<ChannelHolder | undefined> {
  const channel = await db
    .selectFrom('table_channels')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (channel === undefined) return undefined
  const row = await seatRows(db).where('uuid', '=', channel.seat_uuid).executeTakeFirst()
  const player = await seated(db, row)
  return player && { ...player, channel: toChannel(channel) }
}

interface Recovery {
  readonly next: SeatKeys
  readonly window: RecoveryWindow
}

// The first statement decides, so that of two devices with the same key the later one alone holds the seat's keys.
async function recover(db: Db, hash: string, { next, window }: Recovery): Promise<SeatedPlayer | undefined> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx
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
      }))
      .where((seat) => opensWith(seat, hash, window))
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) return undefined
    await replaceChannels(trx, row.uuid, next.channel)
    // Its player is back: whoever was taken for them must not come after them.
    await trx
      .deleteFrom('table_claims')
      .where('seat_uuid', '=', row.uuid)
      .where('state', '=', 'approved')
      .execute()
    return await seated(trx, row)
  })
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
