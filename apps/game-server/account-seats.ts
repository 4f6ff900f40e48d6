import type { PlayerUuid } from '@innkeeper/protocol/ids'
import { createSqlLinkedSeats } from '@innkeeper/sessions/accounts/sql-linked-seats'
import { toTableItem } from '@innkeeper/sessions/http/account-schemas'
import type { Database } from '@innkeeper/storage/open-database'

/**
 * An account's seats at open tables, as `GET /api/tables` tells of them: for whoever shares the database with the
 * tables and may not import them.
 */
export function createAccountSeats(database: Database<unknown>) {
  const linkedSeats = createSqlLinkedSeats(database.withTables())
  return async (account: PlayerUuid): Promise<readonly ReturnType<typeof toTableItem>[]> =>
    (await linkedSeats.list(account)).map(toTableItem)
}
