import type { RoomId } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import { isUniqueViolation } from '@innkeeper/storage/storage-error'
import { toSession, type BanRow, type SeatTables } from './seat-rows'
import type { Db } from './sql-seat-parts'
import type { Ban, TableBook, TableChanges } from './table-book'

/** Tables on SQLite or PostgreSQL, once `seatMigrations` ran there. */
export function createSqlTableBook({ db }: Database<SeatTables>): TableBook {
  return {
    async findOpen(code) {
      const row = await openSessions(db).where('code', '=', code).executeTakeFirst()
      return row && toSession(row)
    },
    edit: (sessionId, changes) => edit(db, sessionId, changes),
    recode: (sessionId, code) => recode(db, sessionId, code),
    async bans(sessionId, nowMs) {
      const rows = await db
        .selectFrom('table_bans')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('until', '>', nowMs)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toBan)
    },
    async liftBan(sessionId, id) {
      const lifted = await db
        .deleteFrom('table_bans')
        .where('session_id', '=', sessionId)
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
      return lifted !== undefined
    },
    async close(sessionId, atMs) {
      await db
        .updateTable('table_sessions')
        .set({ closed_at: atMs })
        .where('id', '=', sessionId)
        .where('closed_at', 'is', null)
        .execute()
    },
    async uncleared(beforeMs) {
      const rows = await db
        .selectFrom('table_sessions')
        .select('id')
        .where('closed_at', '<', beforeMs)
        .where('cleared_at', 'is', null)
        .execute()
      return rows.map(({ id }) => id)
    },
    async markCleared(sessionId, atMs) {
      await db
        .updateTable('table_sessions')
        .set({ cleared_at: atMs })
        .where('id', '=', sessionId)
        .where('closed_at', 'is not', null)
        .execute()
    },
    async purge(nowMs, clearedBeforeMs) {
      await db.deleteFrom('table_bans').where('until', '<=', nowMs).execute()
      await db.deleteFrom('table_sessions').where('cleared_at', '<', clearedBeforeMs).execute()
    },
  }
}

async function edit(db: Db, sessionId: RoomId, changes: TableChanges): ReturnType<TableBook['edit']> {
  const { isJoinable, ...texts } = changes
  const set = { ...texts, ...(isJoinable === undefined ? {} : { joinable: isJoinable ? 1 : 0 }) }
  const row =
    Object.keys(set).length === 0
      ? await openSessions(db).where('id', '=', sessionId).executeTakeFirst()
      : await db
          .updateTable('table_sessions')
          .set(set)
          .where('id', '=', sessionId)
          .where('closed_at', 'is', null)
          .returningAll()
          .executeTakeFirst()
  return row && toSession(row)
}

async function recode(db: Db, sessionId: RoomId, code: string): ReturnType<TableBook['recode']> {
  try {
    const recoded = await db
      .updateTable('table_sessions')
      .set({ code })
      .where('id', '=', sessionId)
      .where('closed_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    return recoded === undefined ? 'closed' : 'recoded'
  } catch (error) {
    if (isUniqueViolation(error, { table: 'table_sessions', column: 'code' })) return 'code-taken'
    throw error
  }
}

function openSessions(db: Db) {
  return db.selectFrom('table_sessions').selectAll().where('closed_at', 'is', null)
}

function toBan({ id, name, account_uuid, created_at, until }: BanRow): Ban {
  return { id, name, holdsAccount: account_uuid !== null, createdAt: created_at, until }
}
