import { afterAll, beforeAll, describe, it } from 'bun:test'
import { silentLog } from '@innkeeper/protocol/tools'
import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase } from '@innkeeper/storage/open-database'
import { freshPostgresDatabase, testPostgresUrl } from '../../tests/support/services'
import { linkedSeatsContract } from './accounts/linked-seats-contract'
import { claimBookContract } from './claims/claim-book-contract'
import { pairingCodesContract } from './devices/pairing-codes-contract'
import { seatMigrations } from './migrations/seat-migrations'
import type { SeatTables } from './seats/seat-rows'
import { seatsContract } from './seats/seats-contract'
import { tableBookContract } from './seats/table-book-contract'
import type { SessionStores } from './session-stores'
import { createSqlSessionStores } from './sql-session-stores'
import type { StoresUnderTest } from './testing/stores'

async function storesAt(url: string, drop?: () => Promise<void>): Promise<StoresUnderTest> {
  const database = await openDatabase<SeatTables>(url, silentLog)
  await migrate(database, 'seats', seatMigrations)
  const close = async (): Promise<void> => {
    await database.close()
    await drop?.()
  }
  return { stores: createSqlSessionStores(database), close }
}

function contracts(name: string, create: () => Promise<StoresUnderTest>): void {
  describe(`what sessions keep, on ${name}`, () => {
    let under: StoresUnderTest
    beforeAll(async () => {
      under = await create()
    })
    afterAll(() => under.close())
    const stores = (): SessionStores => under.stores
    for (const contract of [
      seatsContract,
      tableBookContract,
      linkedSeatsContract,
      claimBookContract,
      pairingCodesContract,
    ])
      contract(name, stores)
  })
}

contracts('SQLite', () => storesAt('file::memory:'))

if (testPostgresUrl() === undefined)
  it.skip('what sessions keep, on PostgreSQL: needs TEST_POSTGRES_URL', () => {})
else {
  contracts('PostgreSQL', async () => {
    const { url, drop } = await freshPostgresDatabase()
    return await storesAt(url, drop)
  })
}
