import type { Database } from '@innkeeper/storage/open-database'
import { createSqlLinkedSeats } from './accounts/sql-linked-seats'
import { createSqlClaimBook } from './claims/sql-claim-book'
import { createSqlPairingCodes } from './devices/sql-pairing-codes'
import type { SeatTables } from './seats/seat-rows'
import { createSqlSeats } from './seats/sql-seats'
import { createSqlTableBook } from './seats/sql-table-book'
import type { SessionStores } from './session-stores'

/** Everything that sessions keep, on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlSessionStores(database: Database<SeatTables>): SessionStores {
  return {
    seats: createSqlSeats(database),
    book: createSqlTableBook(database),
    linkedSeats: createSqlLinkedSeats(database),
    claimBook: createSqlClaimBook(database),
    pairingCodes: createSqlPairingCodes(database),
  }
}
