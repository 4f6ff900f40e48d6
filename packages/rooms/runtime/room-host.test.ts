import { limits } from '@innkeeper/protocol/limits'
import type { RoomId } from '@innkeeper/protocol/ids'
import { silentLog, type Random } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import { until } from '../../../tests/support/until'
import { createMemoryDirectory } from '../directory/memory-directory'
import type { Journal } from '../journal/journal'
import { createSqlJournal } from '../journal/sql-journal'
import { createMemoryLeases } from '../leases/memory-leases'
import type { RoomType } from '../room-type'
import { onEveryDatabase } from '../testing/on-every-database'
import { problemOf } from '../testing/problem-of'
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
    it('is kept whole, and read as far as a snapshot and `since` need it', async () => {
      const journal = createSqlJournal(await open())
      const [loads, snapshots]: [number[], number[]] = [[], []]
      const counted: Journal = {
        ...journal,
        async open(...which) {
          const loaded = await journal.open(...which)
          loads.push(loaded.events.length)
          return loaded
        },
        async saveSnapshot(...snapshot) {
          await journal.saveSnapshot(...snapshot)
          snapshots.push(snapshot[2].seq)
        },
      }
      const { id, host } = await createHost(counted)
      const before = await roomOf(host, id)
      for (let command = 1; command <= 4; command += 1) await count(before, `c${command}`, 500)
      await until(() => snapshots.includes(2_000))

      const { seq, state } = before.view(by)
      await host.release(id, 'moved')
      const after = await roomOf(host, id)
      expect(after.view(by)).toMatchObject({ seq, state })
      expect(loads).toEqual([0, limits.ringEvents])
      expect(await missedSince(after, seq - limits.ringEvents)).toBe(limits.ringEvents)
      expect(await missedSince(after, seq - limits.ringEvents - 1)).toBe('a fresh welcome')
      const kept = await journal.read(id, { after: 0, before: seq + 1, limit: 10_000 })
      expect(kept.map((event) => event.seq)).toEqual(
        Array.from({ length: 2_000 }, (_, index) => 2_000 - index),
      )
      await host.release(id, 'moved')
    })
  })

  describe(`RoomHost on ${name}: a snapshot that an older version left`, () => {
    it('is put aside, and the room is what its events say', async () => {
      const journal = createSqlJournal(await open())
      const { id, host, withType } = await createHost(journal)
      const before = await roomOf(host, id)
      for (let command = 1; command <= 5; command += 1) await count(before, `c${command}`, 500)
      await until(async () => (await journal.open(id, 0)).snapshot !== undefined)
      const { state } = before.view(by)
      await host.release(id, 'moved')
      const newer: RoomType = { ...counting, isState: (kept) => kept === 'a state of today' }
      const after = await roomOf(withType(newer), id)
      expect(after.view(by)).toMatchObject({ seq: 2_500, state })
      expect(await missedSince(after, 2_500 - limits.ringEvents)).toBe(limits.ringEvents)
    })
  })

  describe(`RoomHost on ${name}: a command that is repeated`, () => {
    it('is refused when it is another one under the same id, for as long as the room is open', async () => {
      const { id, host } = await createHost(createSqlJournal(await open()))
      const room = await roomOf(host, id)
      await count(room, 'first', 2)
      const another = { id: 'first', name: 'count', payload: 3 }
      expect(await problemOf(room.execute(by, another))).toBe('conflict')
      expect(await problemOf(room.execute(by, { ...another, name: 'tally', payload: 2 }))).toBe('conflict')
      expect(await room.execute({ ...by, uuid: 'sam' }, another)).toHaveLength(3)
      await count(room, 'first', 2)
      await host.release(id, 'moved')
      expect(await (await roomOf(host, id)).execute(by, another)).toHaveLength(2)
      await host.release(id, 'moved')
    })

    it('applies once, also when the room was opened anew meanwhile, and again once it is out of sight', async () => {
      const { id, host } = await createHost(createSqlJournal(await open()))
      const room = await roomOf(host, id)
      await count(room, 'first', 1)
      await count(room, 'second', limits.ringEvents)
      await host.release(id, 'moved')
      const again = await roomOf(host, id)
      const { seq } = again.view(by)
      await count(again, 'second', limits.ringEvents)
      expect(again.view(by).seq).toBe(seq)
      await count(again, 'first', 1)
      expect(again.view(by).seq).toBe(seq + 1)
      await host.release(id, 'moved')
    })
  })
})

interface Hosted {
  readonly id: RoomId
  readonly host: RoomHost
  /** The same room as another version of its game opens it. */
  withType(type: RoomType): RoomHost
}

async function createHost(journal: Journal): Promise<Hosted> {
  const directory = createMemoryDirectory(Date.now)
  const record = testRecord({ type: counting.name })
  await directory.create(record, [testKey(record)])
  const leases = createMemoryLeases({ nodeId: newNodeId(), url: 'http://node.example' })
  const effects = { clock: Date.now, random, log: silentLog, publish: () => {} }
  const withType = (type: RoomType) => new RoomHost({ types: [type], directory, leases, journal, ...effects })
  return { id: record.id, host: withType(counting), withType }
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
    presentSince: 1,
    send: (text: string) => void frames.push(text),
    subscribe: () => {},
    unsubscribe: () => {},
  }
  await room.enter({ uuid: 'sam', nick: 'Sam' }, connection, since)
  const isResumed = frames[0]?.includes('"resumed":true') ?? false
  return isResumed ? frames.length - 1 : 'a fresh welcome'
}
