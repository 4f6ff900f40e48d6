import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import { beforeAll, describe, expect, it } from 'bun:test'
import type { KnownRoom, RoomRecord } from '../room-record'
import { problemOf } from '../testing/problem-of'
import { newRoomId, playerUuid, testKey, testRecord } from '../testing/test-ids'
import type { Directory } from './directory'

const player = playerUuid('guest:frodo#{1}')

/** What every directory does alike. `create` gives one that holds nothing. */
export function directoryContract(name: string, create: () => Promise<Directory>): void {
  describe(`directory on ${name}: one room`, () => {
    let directory: Directory
    beforeAll(async () => {
      directory = await create()
    })
    const newRoom = async (changes: Partial<RoomRecord> = {}): Promise<RoomRecord> => {
      const record = testRecord(changes)
      await directory.create(record, [testKey(record)])
      return record
    }

    it('gives back what was created, with nobody inside', async () => {
      const record = testRecord()
      const keys = [{ ...testKey(record, 2) }, { ...testKey(record), acceptUntil: 1_795_296_000_000 }]
      await directory.create(record, keys)
      expect(await directory.find(record.id)).toEqual({ record, keys, players: 0 })
      expect(await directory.findFor(record.id, player)).toEqual({
        room: { record, keys, players: 0 },
        exclusion: undefined,
      })
    })

    it('knows nothing of other rooms', async () => {
      expect(await directory.find(newRoomId())).toBeUndefined()
      expect(await directory.findFor(newRoomId(), player)).toBeUndefined()
    })

    it('refuses an id that exists, and leaves that room as it is', async () => {
      const record = await newRoom()
      const before = await directory.find(record.id)
      const usurper = testRecord({ id: record.id, owner: player })
      expect(await problemOf(directory.create(usurper, [testKey(usurper)]))).toBe('conflict')
      expect(await directory.find(record.id)).toEqual(before)
    })

    it('has one creator when many want the same id at once', async () => {
      const record = testRecord()
      const attempts = Array.from({ length: 10 }, () => directory.create(record, [testKey(record)]))
      const settled = await Promise.allSettled(attempts)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await directory.find(record.id)).toMatchObject({ record })
    })

    it('replaces the key ring, and counts who is inside', async () => {
      const record = await newRoom()
      const keys = [testKey(record, 2)]
      await directory.setKeys(record.id, keys)
      await directory.setPlayers(record.id, 4)
      expect(await directory.find(record.id)).toEqual({ record, keys, players: 4 })
    })

    it('gives a room to somebody else, by whom it is counted then', async () => {
      const [record, next] = [await newRoom({ owner: playerUuid() }), playerUuid()]
      await directory.setOwner(record.id, next)
      expect((await directory.find(record.id))?.record).toEqual({ ...record, owner: next })
      expect(await directory.countOwned(record.owner)).toBe(0)
      expect(await directory.countOwned(next)).toBe(1)
      await directory.remove(record.id)
      expect(await directory.countOwned(next)).toBe(0)
      await directory.setOwner(record.id, next)
      await directory.remove(record.id)
      expect(await directory.find(record.id)).toBeUndefined()
      expect(await directory.countOwned(next)).toBe(0)
      expect(await directory.countOwned(record.owner)).toBe(0)
    })

    it('knows what it was told about a player, and adds to it: a kick leaves a ban alone', async () => {
      const { id } = await newRoom()
      await directory.exclude(id, player, { bannedUntil: 1_795_296_000_000 })
      expect(await exclusionOf(directory, id, player)).toEqual({ bannedUntil: 1_795_296_000_000 })
      await directory.exclude(id, player, { ticketsAfter: 1_795_296_000_001 })
      const both = { bannedUntil: 1_795_296_000_000, ticketsAfter: 1_795_296_000_001 }
      expect(await exclusionOf(directory, id, player)).toEqual(both)
      await directory.exclude(id, player, { bannedUntil: 5 })
      expect(await exclusionOf(directory, id, player)).toEqual({ ...both, bannedUntil: 5 })
      expect(await exclusionOf(directory, id, playerUuid())).toBeUndefined()
    })

    it('is born with the exclusions of a room that is brought back', async () => {
      const record = testRecord()
      await directory.create(record, [testKey(record)], [[player, { bannedUntil: 7 }]])
      expect(await exclusionOf(directory, record.id, player)).toEqual({ bannedUntil: 7 })
    })

    it('[SEC-101] keeps a bounded number of players out of one room, and forgets none of them for a new one', async () => {
      const { id } = await newRoom()
      const exclude = (index: number) =>
        problemOf(directory.exclude(id, playerUuid(`p${index}`), { bannedUntil: index, ticketsAfter: index }))
      const problems = new Set<unknown>()
      for (let index = 0; index <= limits.exclusionsPerRoom; index += 1) problems.add(await exclude(index))
      expect(problems).toEqual(new Set([undefined, 'too-many']))
      expect(await exclusionOf(directory, id, playerUuid('p0'))).toEqual({ bannedUntil: 0, ticketsAfter: 0 })
      expect(await exclusionOf(directory, id, playerUuid(`p${limits.exclusionsPerRoom}`))).toBeUndefined()
      const other = await newRoom()
      await directory.exclude(other.id, player, { bannedUntil: 1 })
      expect(await exclusionOf(directory, other.id, player)).toEqual({ bannedUntil: 1 })
    })

    it('counts openings from one', async () => {
      const { id } = await newRoom()
      expect(await directory.countOpening(id)).toBe(1)
      expect(await directory.countOpening(id)).toBe(2)
    })

    it('forgets what was removed, and a room of the same id starts from nothing', async () => {
      const record = await newRoom()
      await directory.exclude(record.id, player, { bannedUntil: 1 })
      await directory.countOpening(record.id)
      await directory.remove(record.id)
      await directory.remove(record.id)
      expect(await directory.find(record.id)).toBeUndefined()
      await directory.create(record, [testKey(record)])
      expect(await exclusionOf(directory, record.id, player)).toBeUndefined()
      expect(await directory.countOpening(record.id)).toBe(1)
    })

    it('writes nothing to a room that is gone, so that it can be created again', async () => {
      const record = testRecord()
      await directory.setKeys(record.id, [testKey(record)])
      await directory.setPlayers(record.id, 3)
      await directory.exclude(record.id, player, { bannedUntil: 1 })
      expect(await directory.countOpening(record.id)).toBe(1)
      expect(
        await directory.holdNick(record.id, 'frodo', { uuid: player, untilMs: Date.now() + 9_000 }),
      ).toBe(true)
      expect(await directory.find(record.id)).toBeUndefined()
      await directory.create(record, [testKey(record)])
      expect(await directory.find(record.id)).toMatchObject({ record, players: 0 })
      expect(await directory.countOpening(record.id)).toBe(1)
      expect(await exclusionOf(directory, record.id, player)).toBeUndefined()
    })
  })

  describe(`directory on ${name}: names in a room`, () => {
    let directory: Directory
    beforeAll(async () => {
      directory = await create()
    })
    const [mine, other] = [playerUuid(), playerUuid()]
    const soon = (): number => Date.now() + 60_000

    it('[SEC-147] keeps a name for one player, who may ask again', async () => {
      const record = testRecord()
      await directory.create(record, [testKey(record)])
      const hold = (uuid: PlayerUuid, skeleton: string) =>
        directory.holdNick(record.id, skeleton, { uuid, untilMs: soon() })
      const racing = await Promise.all(Array.from({ length: 20 }, () => hold(playerUuid(), 'gandalf')))
      expect(racing.filter(Boolean)).toHaveLength(1)
      expect(await hold(mine, 'frodo')).toBe(true)
      expect(await hold(other, 'frodo')).toBe(false)
      expect(await hold(mine, 'frodo')).toBe(true)
      expect(await hold(other, 'сам {1}|龍')).toBe(true)
      expect(await hold(mine, 'сам {1}|龍')).toBe(false)
    })

    it('[SEC-147] gives a name to whom it belongs, although somebody else holds it, and keeps it for them', async () => {
      const record = testRecord()
      await directory.create(record, [testKey(record)])
      const hold = (uuid: PlayerUuid, options: { readonly wins?: true } = {}) =>
        directory.holdNick(record.id, 'frodo', { uuid, untilMs: soon(), ...options })
      expect(await hold(other)).toBe(true)
      expect(await hold(mine, { wins: true })).toBe(true)
      expect([await hold(other), await hold(playerUuid())]).toEqual([false, false])
      expect(await hold(mine)).toBe(true)
      const racing = [hold(other), hold(mine, { wins: true }), hold(playerUuid())]
      expect(await Promise.all(racing)).toEqual([false, true, false])
    })

    it('keeps names of different rooms apart', async () => {
      const records = [testRecord(), testRecord()]
      for (const record of records) await directory.create(record, [testKey(record)])
      const [first, second] = records.map(({ id }) => id)
      if (!first || !second) return
      expect(await directory.holdNick(first, 'frodo', { uuid: mine, untilMs: soon() })).toBe(true)
      expect(await directory.holdNick(second, 'frodo', { uuid: other, untilMs: soon() })).toBe(true)
    })

    it('lets a name go when its time is over', async () => {
      const record = testRecord()
      await directory.create(record, [testKey(record)])
      await directory.holdNick(record.id, 'frodo', { uuid: mine, untilMs: soon() })
      await directory.holdNick(record.id, 'frodo', { uuid: mine, untilMs: Date.now() - 1 })
      expect(await directory.holdNick(record.id, 'frodo', { uuid: other, untilMs: soon() })).toBe(true)
    })
  })

  listingContract(name, create)
}

function listingContract(name: string, create: () => Promise<Directory>): void {
  describe(`directory on ${name}: listing`, () => {
    let directory: Directory
    const owner = playerUuid()
    const records: RoomRecord[] = []
    beforeAll(async () => {
      directory = await create()
      // Several rooms of one moment, and three that no listing may show or mix up.
      for (let index = 0; index < 13; index += 1) {
        records.push(
          testRecord({
            owner,
            type: index % 3 === 0 ? 'chess' : 'relay',
            createdAt: 1_000 + Math.floor(index / 4),
          }),
        )
      }
      for (const record of [...records, testRecord({ listed: false, owner })]) {
        await directory.create(record, [testKey(record)])
      }
    })
    const pagesOf = async (limit: number, type?: string): Promise<readonly (readonly KnownRoom[])[]> => {
      const pages: (readonly KnownRoom[])[] = []
      let cursor: string | undefined
      do {
        const page = await directory.list({ limit, ...(type && { type }), ...(cursor && { cursor }) })
        pages.push(page.rooms)
        cursor = page.cursor
      } while (cursor !== undefined && pages.length < 30)
      return pages
    }
    it.each([1, 2, 4, 5, 12, 13, 50])(
      'shows every listed room once, the newest first, %d to a page',
      async (limit) => {
        const newestFirst = records.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        const pages = await pagesOf(limit)
        expect(pages.flat().map(({ record }) => record)).toEqual(newestFirst)
        expect(pages.map((page) => page.length)).toEqual(pageLengths(13, limit))
      },
    )

    it('shows the rooms of one type', async () => {
      const pages = await pagesOf(2, 'chess')
      const chess = records.filter(({ type }) => type === 'chess').map(({ id }) => id)
      expect(
        pages
          .flat()
          .map(({ record }) => record.id)
          .sort(),
      ).toEqual(chess.sort())
      expect(await directory.list({ type: 'poker', limit: 5 })).toEqual({ rooms: [] })
    })

    it.each(['', 'x', '12', '12.', '.abc', '-1.abc', '1.a/b', `${'9'.repeat(17)}.a`])(
      'refuses %p as a cursor',
      async (cursor) => {
        expect(await problemOf(directory.list({ cursor, limit: 5 }))).toBe('validation-failed')
      },
    )

    it('counts the rooms of an owner, listed or not, and goes on after a page whose last room is gone', async () => {
      expect(await directory.countOwned(owner)).toBe(14)
      expect(await directory.countOwned(playerUuid())).toBe(0)
      const first = await directory.list({ limit: 3 })
      const last = first.rooms.at(-1)
      if (!last || first.cursor === undefined) throw new Error('There are more pages')
      await directory.remove(last.record.id)
      expect(await directory.countOwned(owner)).toBe(13)
      const rest = await directory.list({ limit: 50, cursor: first.cursor })
      const shown = [...first.rooms, ...rest.rooms].map(({ record }) => record.id)
      expect(new Set(shown).size).toBe(13)
      expect(rest.cursor).toBeUndefined()
    })
  })
}

function pageLengths(count: number, limit: number): number[] {
  const full = Array.from({ length: Math.floor(count / limit) }, () => limit)
  return count % limit === 0 ? full : [...full, count % limit]
}

/** What the directory says about a player of a room that it knows. */
export async function exclusionOf(directory: Directory, id: RoomId, uuid: PlayerUuid): Promise<unknown> {
  const found = await directory.findFor(id, uuid)
  if (!found) throw new Error('The room is not known')
  return found.exclusion
}
