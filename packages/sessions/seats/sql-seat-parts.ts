import type { Transaction } from 'kysely'
import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import {
  toChannelRow,
  toSeat,
  toSession,
  type BanRow,
  type SeatRow,
  type SeatTables,
  type SessionRow,
} from './seat-rows'
import type { SeatedPlayer, SeatKeys } from './seats'

/** Steps that several of the stores take. */
export type Db = Database<SeatTables>['db']
type Trx = Transaction<SeatTables>

/** @returns the seats of these rows with their tables */
export async function seatedAll(db: Db, rows: readonly SeatRow[]): Promise<readonly SeatedPlayer[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.session_id)
  const found = await db.selectFrom('table_sessions').selectAll().where('id', 'in', ids).execute()
  const sessions = new Map(found.map((row) => [row.id, toSession(row)]))
  return rows.flatMap((row) => {
    const session = sessions.get(row.session_id)
    return session === undefined ? [] : [{ seat: toSeat(row), session }]
  })
}

/** @returns the seat of this row with its table */
export async function seated(db: Db, row: SeatRow | undefined): Promise<SeatedPlayer | undefined> {
  return row && (await seatedAll(db, [row]))[0]
}

/**
 * Makes everyone else who comes through here wait until this transaction has ended. Whoever needs the table's row and
 * a seat's takes the table's first, or two of them could wait for each other.
 */
export function lockSession(trx: Trx, id: RoomId): Promise<SessionRow | undefined> {
  return trx
    .updateTable('table_sessions')
    .set((eb) => ({ seats_taken: eb.ref('seats_taken') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** The same for a seat. @returns undefined when it is gone */
export function lockSeat(trx: Trx, uuid: PlayerUuid): Promise<SeatRow | undefined> {
  return trx
    .updateTable('table_seats')
    .set((eb) => ({ role: eb.ref('role') }))
    .where('uuid', '=', uuid)
    .returningAll()
    .executeTakeFirst()
}

/** Only this device has a channel to the seat from now on. */
export async function replaceChannels(
  trx: Trx,
  uuid: PlayerUuid,
  channel: SeatKeys['channel'],
): Promise<void> {
  await trx.deleteFrom('table_channels').where('seat_uuid', '=', uuid).execute()
  await trx.insertInto('table_channels').values(toChannelRow(uuid, channel)).execute()
}

/** @returns the ban that holds longest of those on this name or this account */
export function findBan(
  trx: Trx,
  who: Partial<Pick<BanRow, 'skeleton' | 'account_uuid'>> & { readonly sessionId: RoomId },
  nowMs: number,
): Promise<Pick<BanRow, 'until'> | undefined> {
  const { sessionId, skeleton = null, account_uuid = null } = who
  return trx
    .selectFrom('table_bans')
    .select('until')
    .where('session_id', '=', sessionId)
    .where('until', '>', nowMs)
    .where((ban) => ban.or([ban('skeleton', '=', skeleton), ban('account_uuid', '=', account_uuid)]))
    .orderBy('until', 'desc')
    .executeTakeFirst()
}
