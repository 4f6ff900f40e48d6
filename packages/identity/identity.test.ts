import { it } from 'bun:test'
import { freshPostgresDatabase, testPostgresUrl } from '../../tests/support/services'
import { accountsContract } from './testing/accounts-contract'
import { signInsContract } from './testing/sign-ins-contract'

const memory = () => Promise.resolve({ url: 'file::memory:', drop: () => Promise.resolve() })

accountsContract('SQLite', memory)
signInsContract('SQLite', memory)

if (testPostgresUrl() === undefined)
  it.skip('identity on PostgreSQL: needs TEST_POSTGRES_URL', () => undefined)
else {
  accountsContract('PostgreSQL', freshPostgresDatabase)
  signInsContract('PostgreSQL', freshPostgresDatabase)
}
