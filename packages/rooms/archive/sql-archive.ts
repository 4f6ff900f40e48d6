import { AppError } from '@innkeeper/protocol/problems'
import type { Database } from '@innkeeper/storage/open-database'
import { formatKeys, parseKeys } from '../directory/key-ring-text'
import type { RoomTables } from '../migrations/rooms-migrations'
import type { ArchivedRoom, RoomArchive } from './room-archive'

/** The archive in SQL: a room is one JSON text. */
export function createSqlArchive({ db, dialect }: Database<RoomTables>): RoomArchive {
  return {
    async save(room) {
      const isNew = await db
        .insertInto('room')
        .values({ id: room.record.id, stored: formatRoom(room) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!isNew) throw new AppError('conflict', 'A room with this id exists')
    },
    async load(id) {
      const row = await db.selectFrom('room').select('stored').where('id', '=', id).executeTakeFirst()
      return row && parseRoom(row.stored)
    },
    async update(id, change) {
      await db.transaction().execute(async (trx) => {
        const query = trx.selectFrom('room').select('stored').where('id', '=', id)
        // Two nodes may ban two players at once; neither ban may be lost. SQLite has one writer anyway.
        const row = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
        if (!row) return
        const stored = formatRoom(change(parseRoom(row.stored)))
        await trx.updateTable('room').set({ stored }).where('id', '=', id).execute()
      })
    },
    async remove(id) {
      await db.deleteFrom('room').where('id', '=', id).execute()
    },
  }
}

function formatRoom({ record, keys, exclusions }: ArchivedRoom): string {
  return JSON.stringify({ record, keys: formatKeys(keys), exclusions })
}

/** Reads back what `formatRoom` wrote. */
function parseRoom(text: string): ArchivedRoom {
  const { record, keys, exclusions } = JSON.parse(text) as Omit<ArchivedRoom, 'keys'> & { keys: string }
  return { record, keys: parseKeys(keys), exclusions }
}
