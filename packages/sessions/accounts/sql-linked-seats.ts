import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import { isUniqueViolation } from '@innkeeper/storage/storage-error'
import type { SeatTables } from '../seats/seat-rows'
import { findBan, lockSession, seatedAll, type Db } from '../seats/sql-seat-parts'
import type { LinkedSeats, Linking } from './linked-seats'

/** Linked seats on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlLinkedSeats({ db }: Database<SeatTables>): LinkedSeats {
  const openSeats = async (account: PlayerUuid) => {
    const rows = await seatsOf(db, account).orderBy('played_at', 'desc').orderBy('uuid').execute()
    return (await seatedAll(db, rows)).filter(({ session }) => session.closedAt === undefined)
  }
  return {
    link: (uuid, account, nowMs) => link(db, uuid, { account, nowMs }),
    async unlink(account) {
      const rows = await db
        .updateTable('table_seats')
        .set({ account_uuid: null })
        .where('account_uuid', '=', account)
        .returningAll()
        .execute()
      // A ban that held the account holds the name alone from now on: nothing of the account stays.
      await db
        .updateTable('table_bans')
        .set({ account_uuid: null })
        .where('account_uuid', '=', account)
        .execute()
      return await seatedAll(db, rows)
    },
    list: openSeats,
    async find(account, sessionId) {
      return (await openSeats(account)).find(({ session }) => session.id === sessionId)
    },
  }
}

async function link(
  db: Db,
  uuid: PlayerUuid,
  { account, nowMs }: { readonly account: PlayerUuid; readonly nowMs: number },
): Promise<Linking> {
  const known = await db
    .selectFrom('table_seats')
    .select('session_id')
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (known === undefined) return { kind: 'gone' }
  const { session_id: sessionId } = known
  try {
    return await db.transaction().execute(async (trx) => {
      // A ban takes this row first too: an account that is being banned must not come in by another seat.
      await lockSession(trx, sessionId)
      const ban = await findBan(trx, { sessionId, account_uuid: account }, nowMs)
      if (ban) return { kind: 'banned', until: ban.until }
      const linked = await trx
        .updateTable('table_seats')
        .set({ account_uuid: account })
        .where('uuid', '=', uuid)
        .where((seat) => seat.or([seat('account_uuid', 'is', null), seat('account_uuid', '=', account)]))
        .returning('uuid')
        .executeTakeFirst()
      if (linked) return { kind: 'linked' }
      const seat = await trx
        .selectFrom('table_seats')
        .select('uuid')
        .where('uuid', '=', uuid)
        .executeTakeFirst()
      return { kind: seat ? 'other-account' : 'gone' }
    })
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_seats', column: 'account_uuid' }))
      return { kind: 'account-seated' }
    throw error
  }
}

function seatsOf(db: Db, account: PlayerUuid) {
  return db.selectFrom('table_seats').selectAll().where('account_uuid', '=', account)
}
