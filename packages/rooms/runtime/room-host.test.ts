import { limits } from '@innkeeper/protocol/limits'
import type { RoomId } from '@innkeeper/protocol/ids'
import { silentLog, type Random } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import { until } from '../../../tests/support/until'
import { createMemoryDirectory } from '../directory/memory-directory'
import { createSqlJournal } from '../journal/sql-journal'
import { createMemoryLeases } from '../leases/memory-leases'
import type { RoomType } from '../room-type'
import { onEveryDatabase } from '../testing/on-every-database'
import { newConnectionId, newNodeId, testKey, testRecord } from '../testing/test-ids'
import type { Room } from './room'
import { RoomHost } from './room-host'

/** A command names how many events it wants; the state is their sum, so that none may be missing. */
const counting: RoomType = {
  name: 'counting',
  journal: 'durable',
  roles: ['player'],
  finestAudience: 'everyone',
  maxPayloadBytes: 100,
  parseOptions: () => ({ options: null }),
  parseCommand: (_name, command) => ({ command }),
  open: () => 0,
  admit: () => ({ role: 'player', events: [] }),
  decide: (_state, _by, count) => ({
    events: Array.from({ length: Number(count) }, (_, index) => ({ name: 'counted', payload: index })),
  }),
  evolve: (state, { payload }) => Number(state) + Number(payload),
  view: (state) => state,
  viewEvent: (event) => event,
  audienceOf: () => 'everyone',
}

const random: Random = { bytes: (count) => new Uint8Array(count), uuid: () => '', below: () => 0 }
const by = { uuid: 'frodo', role: 'player' }

onEveryDatabase('the history of a long-lived room', (name, open) => {
  describe(`RoomHost on ${name}: the history of a long-lived room`, () => {
    it('is kept as far as a snapshot and `since` need it, and no further', async () => {
      const database = await open()
      const { id, host } = await createHost(createSqlJournal(database))
      const countRows = async (): Promise<number> => {
        const { rows } = await database.db
          .selectFrom('journal_event')
          .select((build) => build.fn.countAll<string>().as('rows'))
          .where('room_id', '=', id)
          .executeTakeFirstOrThrow()
        return Number(rows)
      }
      const before = await roomOf(host, id)
      for (let command = 1; command <= 4; command += 1) await count(before, `c${command}`, 500)
      await until(async () => (await countRows()) <= limits.ringEvents)
      expect(await countRows()).toBe(limits.ringEvents)
      await count(before, 'c5', limits.snapshotEvents - 1)
      // Too few for a snapshot, so all of them are needed.
      expect(await countRows()).toBe(limits.ringEvents + limits.snapshotEvents - 1)

      const { seq, state } = before.view(by)
      await host.release(id, 'moved')
      const after = await roomOf(host, id)
      expect(after.view(by)).toMatchObject({ seq, state })
      expect(await missedSince(after, seq - limits.ringEvents)).toBe(limits.ringEvents)
      expect(await missedSince(after, seq - limits.ringEvents - 1)).toBe('a fresh welcome')
      await host.release(id, 'moved')
    })
  })
})

async function createHost(
  journal: ReturnType<typeof createSqlJournal>,
): Promise<{ id: RoomId; host: RoomHost }> {
  const directory = createMemoryDirectory(Date.now)
  const record = testRecord({ type: counting.name })
  await directory.create(record, [testKey(record)])
  const leases = createMemoryLeases({ nodeId: newNodeId(), url: 'http://node.example' })
  const effects = { clock: Date.now, random, log: silentLog, publish: () => {} }
  return { id: record.id, host: new RoomHost({ types: [counting], directory, leases, journal, ...effects }) }
}

async function roomOf(host: RoomHost, id: RoomId): Promise<Room> {
  const where = await host.find(id)
  if (!('room' in where)) throw new Error('There is one node')
  return where.room
}

async function count(room: Room, id: string, events: number): Promise<void> {
  expect(await room.execute(by, { id, name: 'count', payload: events })).toHaveLength(events)
}

async function missedSince(room: Room, since: number): Promise<number | 'a fresh welcome'> {
  const frames: string[] = []
  const connection = {
    connectionId: newConnectionId(),
    send: (text: string) => void frames.push(text),
    subscribe: () => {},
  }
  await room.enter({ uuid: 'sam', nick: 'Sam' }, connection, since)
  const isResumed = frames[0]?.includes('"resumed":true') ?? false
  return isResumed ? frames.length - 1 : 'a fresh welcome'
}
