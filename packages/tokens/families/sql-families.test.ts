import { it } from 'bun:test'
import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase } from '@innkeeper/storage/open-database'
import { freshPostgresDatabase, testPostgresUrl } from '../../../tests/support/services'
import { familiesContract, type FamiliesStore } from './families-contract'
import { familiesMigrations, type FamilyTables } from './families-migrations'
import { createSqlFamilies } from './sql-families'

async function storeAt(url: string, drop?: () => Promise<void>): Promise<FamiliesStore> {
  const database = await openDatabase<FamilyTables>(url, { info: () => undefined })
  await migrate(database, 'families', familiesMigrations)
  return {
    families: (options) => createSqlFamilies(database, options),
    async close() {
      await database.close()
      await drop?.()
    },
  }
}

familiesContract('SQLite', () => storeAt('file::memory:'))

if (testPostgresUrl() === undefined)
  it.skip('families on PostgreSQL: needs TEST_POSTGRES_URL', () => undefined)
else {
  familiesContract('PostgreSQL', async () => {
    const { url, drop } = await freshPostgresDatabase()
    return await storeAt(url, drop)
  })
}
