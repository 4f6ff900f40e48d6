import { it } from 'bun:test'
import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase } from '@innkeeper/storage/open-database'
import { silentLog } from '@innkeeper/protocol/tools'
import { freshPostgresDatabase, testPostgresUrl } from '../../../tests/support/services'
import { seatMigrations } from '../migrations/seat-migrations'
import type { SeatTables } from './seat-rows'
import { createSqlSeats } from './sql-seats'
import { seatsContract, type SeatsUnderTest } from './seats-contract'

async function seatsAt(url: string, drop?: () => Promise<void>): Promise<SeatsUnderTest> {
  const database = await openDatabase<SeatTables>(url, silentLog)
  await migrate(database, 'seats', seatMigrations)
  const close = async (): Promise<void> => {
    await database.close()
    await drop?.()
  }
  return { seats: createSqlSeats(database), close }
}

seatsContract('SQLite', () => seatsAt('file::memory:'))

if (testPostgresUrl() === undefined) it.skip('seats on PostgreSQL: needs TEST_POSTGRES_URL', () => {})
else {
  seatsContract('PostgreSQL', async () => {
    const { url, drop } = await freshPostgresDatabase()
    return await seatsAt(url, drop)
  })
}
