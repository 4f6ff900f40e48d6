import { expect, it } from 'bun:test'
import { silentLog } from '@innkeeper/protocol/tools'
import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase, type Database } from '@innkeeper/storage/open-database'
import { freshPostgresDatabase, testPostgresUrl } from '../../../tests/support/services'
import type { SeatTables } from '../seats/seat-rows'
import { createSqlSessionStores } from '../sql-session-stores'
import { newKeys, newSeat, newSession, newUuid, startMs } from '../testing/stores'
import { seatMigrations } from './seat-migrations'

/** What the first migration made of a seat. */
interface FirstTables extends Pick<SeatTables, 'table_sessions'> {
  readonly table_seats: {
    readonly uuid: string
    readonly session_id: string
    readonly name: string
    readonly skeleton: string
    readonly role: string
    readonly account_uuid: string | null
    readonly sign_in: string
    readonly channel_hash: string
    readonly channel_issued_at: number
    readonly recovery_hash: string
    readonly previous_recovery_hash: string | null
    readonly recovered_at: number | null
    readonly created_at: number
  }
}

async function keepsFirstSeats(url: string): Promise<void> {
  const database = await openDatabase<SeatTables>(url, silentLog)
  const first = '001-tables-and-seats'
  await migrate(database, 'seats', { [first]: seatMigrations[first] ?? ({} as never) })
  const old = await fillFirst(database.withTables<FirstTables>())
  await migrate(database, 'seats', seatMigrations)
  const { seats, book, linkedSeats } = createSqlSessionStores(database)

  expect(await book.findOpen(old.session.code)).toEqual(old.session)
  const listed = await seats.list(old.session.id)
  expect(listed.map(({ uuid, accountUuid }) => [uuid, accountUuid])).toEqual([
    [old.gm.uuid, old.account],
    [old.double.uuid, undefined],
  ])
  for (const [seat, keys] of [
    [old.gm, old.gmKeys],
    [old.double, old.doubleKeys],
  ] as const) {
    const { hash, signIn, issuedAt } = keys.channel
    const holder = await seats.findByChannel(hash)
    expect(holder?.seat.uuid).toBe(seat.uuid)
    expect(holder?.channel).toMatchObject({ signIn, issuedAt })
    expect(await seats.findByRecovery(keys.recoveryHash, { nowMs: startMs, graceMs: 0 })).toBeDefined()
  }
  const used = await seats.findByRecovery('used', { nowMs: startMs, graceMs: 1_000 })
  expect(used?.seat.uuid).toBe(old.gm.uuid)
  expect((await linkedSeats.list(old.account)).map(({ seat }) => seat.uuid)).toEqual([old.gm.uuid])
  const twin = newSeat(old.session, { skeleton: old.gm.skeleton })
  expect(await seats.take(twin, newKeys())).toEqual({ kind: 'name-taken' })
  await database.close()
}

/** A table with two seats of one account, as they could be once. */
async function fillFirst({ db }: Database<FirstTables>) {
  const session = newSession()
  const account = newUuid()
  const gm = newSeat(session, { role: 'gm', accountUuid: account, createdAt: startMs })
  const double = newSeat(session, { accountUuid: account, createdAt: startMs + 1 })
  const [gmKeys, doubleKeys] = [newKeys(), newKeys()]
  const { id, code, name, language, edition, createdAt } = session
  const counts = { seats_max: 10, seats_taken: 2, created_at: createdAt, closed_at: null }
  await db
    .insertInto('table_sessions')
    .values({ id, code, name, language, edition, ...counts } as never)
    .execute()
  for (const [seat, { channel, recoveryHash }] of [
    [gm, gmKeys],
    [double, doubleKeys],
  ] as const) {
    const isGm = seat === gm
    await db
      .insertInto('table_seats')
      .values({
        uuid: seat.uuid,
        session_id: id,
        name: seat.name,
        skeleton: seat.skeleton,
        role: seat.role,
        account_uuid: account,
        sign_in: channel.signIn,
        channel_hash: channel.hash,
        channel_issued_at: channel.issuedAt,
        recovery_hash: recoveryHash,
        previous_recovery_hash: isGm ? 'used' : null,
        recovered_at: isGm ? startMs : null,
        created_at: seat.createdAt,
      })
      .execute()
  }
  return { session, account, gm, double, gmKeys, doubleKeys }
}

it('seats of the first shape keep their keys when they move, on SQLite', () =>
  keepsFirstSeats('file::memory:'))

if (testPostgresUrl() === undefined)
  it.skip('seats of the first shape keep their keys when they move, on PostgreSQL: needs TEST_POSTGRES_URL', () => {})
else {
  it('seats of the first shape keep their keys when they move, on PostgreSQL', async () => {
    const { url, drop } = await freshPostgresDatabase()
    try {
      await keepsFirstSeats(url)
    } finally {
      await drop()
    }
  })
}
