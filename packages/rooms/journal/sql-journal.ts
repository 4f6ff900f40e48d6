import type { RoomId } from '@innkeeper/protocol/ids'
import type { Database } from '@innkeeper/storage/open-database'
import { sql } from 'kysely'
import type { RoomTables } from '../migrations/rooms-migrations'
import type { Recorded, RoomEvent } from '../room-type'
import { GroupCommit, type Append } from './group-commit'
import { FencedError, type Journal, type Loaded } from './journal'

type EventRow = RoomTables['journal_event']

/**
 * The journal in SQL. Appends of all rooms that arrive while a commit is under way go into the next one together: one
 * fsync for many commands, and none of them waits for more than one other commit.
 */
export function createSqlJournal(database: Database<RoomTables>): Journal {
  const commits = new GroupCommit<EventRow>((batch) => commit(database, batch))
  return {
    open: (roomId, tail) => openRoom(database, roomId, tail),
    async append(roomId, epoch, events) {
      await commits.append({ roomId, epoch, rows: formatOrRefuse(commits, { roomId, epoch, events }) })
    },
    async saveSnapshot(roomId, epoch, { seq, state }) {
      await database.db.transaction().execute(async (trx) => {
        const query = trx.selectFrom('journal_room').select('epoch').where('room_id', '=', roomId)
        const row = await (database.dialect === 'postgres' ? query.forShare() : query).executeTakeFirst()
        if (row?.epoch !== epoch) throw new FencedError(roomId)
        await trx
          .insertInto('journal_snapshot')
          .values({ room_id: roomId, seq, state: JSON.stringify(state) })
          .onConflict((conflict) =>
            conflict.column('room_id').doUpdateSet({ seq, state: JSON.stringify(state) }),
          )
          .execute()
      })
    },
    async read(roomId, { after, before, limit, names }) {
      const range = database.db
        .selectFrom('journal_event')
        .selectAll()
        .where('room_id', '=', roomId)
        .where('seq', '>', after)
        .where('seq', '<', before)
        .orderBy('seq', 'desc')
        .limit(limit)
      const rows = await (names ? range.where('name', 'in', names) : range).execute()
      return rows.map(parseEvent)
    },
    async remove(roomId) {
      await database.db.transaction().execute(async (trx) => {
        // The epoch first: that waits for a commit under way, whose events are then seen here and go too.
        for (const table of ['journal_room', 'journal_snapshot', 'journal_event'] as const) {
          await trx.deleteFrom(table).where('room_id', '=', roomId).execute()
        }
      })
      commits.forget(roomId)
    },
  }
}

async function openRoom({ db }: Database<RoomTables>, roomId: RoomId, tail: number): Promise<Loaded> {
  return await db.transaction().execute(async (trx) => {
    const { epoch } = await trx
      .insertInto('journal_room')
      .values({ room_id: roomId, epoch: 1 })
      .onConflict((conflict) =>
        conflict.column('room_id').doUpdateSet((row) => ({ epoch: row('journal_room.epoch', '+', 1) })),
      )
      .returning('epoch')
      .executeTakeFirstOrThrow()
    const snapshot = await trx
      .selectFrom('journal_snapshot')
      .selectAll()
      .where('room_id', '=', roomId)
      .executeTakeFirst()
    const newest = await trx
      .selectFrom('journal_event')
      .select('seq')
      .where('room_id', '=', roomId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    const rows = await trx
      .selectFrom('journal_event')
      .selectAll()
      .where('room_id', '=', roomId)
      .where('seq', '>', Math.min(snapshot?.seq ?? 0, (newest?.seq ?? 0) - tail))
      .orderBy('seq')
      .execute()
    return {
      epoch,
      snapshot: snapshot && { seq: snapshot.seq, state: JSON.parse(snapshot.state) as unknown },
      events: rows.map(parseEvent),
    }
  })
}

/** @returns the appends that an opener of a newer epoch has fenced off; all others are on disk */
async function commit(
  database: Database<RoomTables>,
  batch: readonly Append<EventRow>[],
): Promise<ReadonlySet<Append<EventRow>>> {
  const rows = batch.flatMap(({ epoch, rows }) => rows.map((row) => ({ ...row, epoch })))
  const { numAffectedRows } = await insertUnfenced(database.dialect, rows).execute(database.db)
  if (numAffectedRows === BigInt(rows.length)) return new Set()
  const roomIds = [...new Set(batch.map((append) => append.roomId))]
  const known = await database.db
    .selectFrom('journal_room')
    .selectAll()
    .where('room_id', 'in', roomIds)
    .execute()
  const epochs = new Map(known.map((row) => [row.room_id, row.epoch]))
  return new Set(batch.filter((append) => epochs.get(append.roomId) !== append.epoch))
}

/**
 * Inserts the rows whose epoch is still their room's. One statement is a transaction of its own, and as JSON it always
 * has the same text: a commit is one round trip, with nothing to compile for it.
 */
function insertUnfenced(
  dialect: Database<RoomTables>['dialect'],
  rows: readonly (EventRow & { readonly epoch: number })[],
) {
  const json = JSON.stringify(rows)
  const columns = sql`room_id, seq, at, by_uuid, ref, name, payload`
  if (dialect === 'sqlite')
    return sql`
      insert into journal_event (${columns})
      select ${columns} from (
        select value->>'room_id' as room_id, value->>'epoch' as epoch, value->>'seq' as seq, value->>'at' as at,
          value->>'by_uuid' as by_uuid, value->>'ref' as ref, value->>'name' as name, value->>'payload' as payload
        from json_each(${json})
      ) join journal_room using (room_id, epoch)`
  // The share lock makes a newer opener wait for this commit, or this commit see the newer epoch.
  return sql`
    insert into journal_event (${columns})
    select ${columns} from json_to_recordset(cast(cast(${json} as text) as json)) as appended (
      room_id text, epoch integer, seq integer, at double precision, by_uuid text, ref text, name text, payload text
    ) join journal_room using (room_id, epoch) for share of journal_room`
}

/** A payload that is not JSON is the fault of one room: it must not take the others of its commit with it. */
function formatOrRefuse(
  commits: GroupCommit<EventRow>,
  { roomId, epoch, events }: { roomId: RoomId; epoch: number; events: readonly Recorded<RoomEvent>[] },
): readonly EventRow[] {
  try {
    return events.map((event) => formatEvent(roomId, event))
  } catch (error) {
    commits.refuseFrom(roomId, epoch)
    throw error
  }
}

function formatEvent(roomId: RoomId, { seq, at, by, ref, name, payload }: Recorded<RoomEvent>): EventRow {
  return {
    room_id: roomId,
    seq,
    at,
    by_uuid: by,
    // A client chose it, so it may hold what a text column cannot: a NUL, half a surrogate pair. JSON escapes both.
    ref: ref === undefined ? null : JSON.stringify(ref),
    name,
    payload: JSON.stringify(payload ?? null),
  }
}

/** Reads back what `formatEvent` wrote. */
function parseEvent({ seq, at, by_uuid: by, ref, name, payload }: EventRow): Recorded<RoomEvent> {
  const event = { seq, at, by, name, payload: JSON.parse(payload) as unknown }
  return ref === null ? event : { ...event, ref: JSON.parse(ref) as string }
}
