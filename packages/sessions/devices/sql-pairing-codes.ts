import type { Database } from '@innkeeper/storage/open-database'
import { isUniqueViolation } from '@innkeeper/storage/storage-error'
import type { SeatTables } from '../seats/seat-rows'
import type { PairingCodes } from './pairing-codes'

/** Pairing codes on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlPairingCodes({ db }: Database<SeatTables>): PairingCodes {
  return {
    async put({ uuid, signIn, hash, endsAt }) {
      const code = { code_hash: hash, sign_in: signIn, ends_at: endsAt }
      try {
        await db
          .insertInto('table_pairings')
          .values({ seat_uuid: uuid, ...code })
          .onConflict((conflict) => conflict.column('seat_uuid').doUpdateSet(code))
          .execute()
        return 'kept'
      } catch (error) {
        if (isUniqueViolation(error, { table: 'table_pairings', column: 'code_hash' })) return 'code-taken'
        throw error
      }
    },
    async redeem(hash, nowMs) {
      const row = await db
        .deleteFrom('table_pairings')
        .where('code_hash', '=', hash)
        .where('ends_at', '>', nowMs)
        .returningAll()
        .executeTakeFirst()
      return row && { uuid: row.seat_uuid, signIn: row.sign_in, hash, endsAt: row.ends_at }
    },
    async purge(nowMs) {
      await db.deleteFrom('table_pairings').where('ends_at', '<=', nowMs).execute()
    },
  }
}
