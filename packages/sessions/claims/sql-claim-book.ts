import type { Transaction } from 'kysely'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import type { ClaimRow, SeatTables } from '../seats/seat-rows'
import type { SeatedPlayer, SeatKeys } from '../seats/seats'
import { lockSeat, replaceChannels, seated, type Db } from '../seats/sql-seat-parts'
import type { Claim, ClaimBook, ClaimPlace } from './claim-book'

/** Claims on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlClaimBook({ db }: Database<SeatTables>): ClaimBook {
  return {
    async put(claim, secretHash) {
      await db.insertInto('table_claims').values(toRow(claim, secretHash)).execute()
    },
    async find(id, secretHash) {
      const row = await db
        .selectFrom('table_claims')
        .selectAll()
        .where('id', '=', id)
        .where('secret_hash', '=', secretHash)
        .executeTakeFirst()
      return row && toClaim(row)
    },
    async open(sessionId, nowMs) {
      const rows = await db
        .selectFrom('table_claims')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('state', '=', 'open')
        .where('ends_at', '>', nowMs)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toClaim)
    },
    approve: (place, when) => approve(db, place, when),
    async decline({ id, sessionId }, nowMs) {
      const row = await db
        .updateTable('table_claims')
        .set({ state: 'declined' })
        .where('id', '=', id)
        .where('session_id', '=', sessionId)
        .where('state', '=', 'open')
        .where('ends_at', '>', nowMs)
        .returningAll()
        .executeTakeFirst()
      return row && toClaim(row)
    },
    declineAll: (uuid) =>
      db.transaction().execute(async (trx) => {
        await lockSeat(trx, uuid)
        return await declineOthers(trx, uuid)
      }),
    redeem: (id, keys, nowMs) => redeem(db, id, { keys, nowMs }),
    async dropEnded(nowMs) {
      const rows = await db.deleteFrom('table_claims').where('ends_at', '<=', nowMs).returningAll().execute()
      return rows.map(toClaim)
    },
  }
}

async function approve(
  db: Db,
  { id, sessionId }: ClaimPlace,
  { nowMs, endsAt }: Parameters<ClaimBook['approve']>[1],
): Promise<readonly Claim[] | undefined> {
  const known = await db
    .selectFrom('table_claims')
    .select('seat_uuid')
    .where('id', '=', id)
    .executeTakeFirst()
  if (known === undefined) return undefined
  return await db.transaction().execute(async (trx) => {
    // Of two claims to one seat that are approved at once, the first one is.
    const seat = await lockSeat(trx, known.seat_uuid)
    if (seat?.role !== 'player') return undefined
    const row = await trx
      .updateTable('table_claims')
      .set({ state: 'approved', ends_at: endsAt })
      .where('id', '=', id)
      .where('session_id', '=', sessionId)
      .where('state', '=', 'open')
      .where('ends_at', '>', nowMs)
      .returningAll()
      .executeTakeFirst()
    return row && [toClaim(row), ...(await declineOthers(trx, row.seat_uuid, row.id))]
  })
}

async function declineOthers(
  trx: Transaction<SeatTables>,
  uuid: PlayerUuid,
  except = '',
): Promise<readonly Claim[]> {
  const rows = await trx
    .updateTable('table_claims')
    .set({ state: 'declined' })
    .where('seat_uuid', '=', uuid)
    .where('state', '<>', 'declined')
    .where('id', '<>', except)
    .returningAll()
    .execute()
  return rows.map(toClaim)
}

async function redeem(
  db: Db,
  id: string,
  { keys, nowMs }: { readonly keys: SeatKeys; readonly nowMs: number },
): Promise<SeatedPlayer | undefined> {
  const known = await db
    .selectFrom('table_claims')
    .select('seat_uuid')
    .where('id', '=', id)
    .executeTakeFirst()
  if (known === undefined) return undefined
  return await db.transaction().execute(async (trx) => {
    const seat = await lockSeat(trx, known.seat_uuid)
    // Asked again behind the lock: a recovery of the seat may have ended the claim meanwhile.
    const claim = await trx
      .selectFrom('table_claims')
      .select('id')
      .where('id', '=', id)
      .where('state', '=', 'approved')
      .where('ends_at', '>', nowMs)
      .executeTakeFirst()
    if (seat?.role !== 'player' || claim === undefined) return undefined
    await trx
      .updateTable('table_seats')
      .set({ recovery_hash: keys.recoveryHash, previous_recovery_hash: null, recovered_at: null })
      .where('uuid', '=', seat.uuid)
      .execute()
    await replaceChannels(trx, seat.uuid, keys.channel)
    return await seated(trx, seat)
  })
}

function toRow({ id, sessionId, uuid, name, state, createdAt, endsAt }: Claim, secretHash: string): ClaimRow {
  const times = { created_at: createdAt, ends_at: endsAt }
  return { id, session_id: sessionId, seat_uuid: uuid, name, secret_hash: secretHash, state, ...times }
}

function toClaim(row: ClaimRow): Claim {
  const { id, session_id: sessionId, seat_uuid: uuid, name, state } = row
  return { id, sessionId, uuid, name, state, createdAt: row.created_at, endsAt: row.ends_at }
}
