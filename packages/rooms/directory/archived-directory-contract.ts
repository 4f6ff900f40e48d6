import { describe, expect, it } from 'bun:test'
import type { RoomArchive } from '../archive/room-archive'
import type { RoomRecord } from '../room-record'
import { problemOf } from '../testing/problem-of'
import { newRoomId, playerUuid, testKey, testRecord } from '../testing/test-ids'
import { createArchivedDirectory } from './archived-directory'
import type { Directory } from './directory'
import { exclusionOf } from './directory-contract'

export interface ArchivedParts {
  /** A directory that knows nothing, as after a restart. */
  freshInner(): Directory
  archive(): Promise<RoomArchive>
}

const player = playerUuid('guest:sauron#1')

/** What an archive adds to a directory: a durable room outlives it. */
export function archivedDirectoryContract(name: string, parts: ArchivedParts): void {
  const isDurable = (type: string): boolean => type === 'tabletop'
  const newTable = (): RoomRecord => testRecord({ type: 'tabletop', admission: 'seats', listed: false })
  const open = async (): Promise<Directory> =>
    createArchivedDirectory(parts.freshInner(), await parts.archive(), isDurable)

  describe(`archived directory on ${name}`, () => {
    it('remembers a durable room, its newest keys and every exclusion after the directory has lost them', async () => {
      const [before, record, second] = [await open(), newTable(), playerUuid()]
      await before.create(record, [testKey(record)])
      const keys = [testKey(record, 2), { ...testKey(record), acceptUntil: 99 }]
      await before.setKeys(record.id, keys)
      await before.exclude(record.id, player, { bannedUntil: 10 })
      await before.exclude(record.id, second, { ticketsAfter: 5 })
      await before.exclude(record.id, player, { ticketsAfter: 20 })

      const found = await (await open()).findFor(record.id, player)
      expect(found).toEqual({
        room: { record, keys, players: 0 },
        exclusion: { bannedUntil: 10, ticketsAfter: 20 },
      })
      const after = await open()
      expect(await after.find(record.id)).toEqual({ record, keys, players: 0 })
      expect(await exclusionOf(after, record.id, second)).toEqual({ ticketsAfter: 5 })
    })

    it('remembers to whom a durable room was given', async () => {
      const [before, record] = [await open(), newTable()]
      await before.create(record, [testKey(record)])
      await before.setOwner(record.id, player)
      for (const directory of [before, await open()])
        expect((await directory.find(record.id))?.record).toEqual({ ...record, owner: player })
    })

    it('[SEC-101] keeps a ban that was spoken while the directory had lost the room', async () => {
      const [before, record] = [await open(), newTable()]
      await before.create(record, [testKey(record)])
      const after = await open()
      await after.exclude(record.id, player, { bannedUntil: 10 })
      expect(await exclusionOf(after, record.id, player)).toEqual({ bannedUntil: 10 })
    })

    it('brings a room back once when many ask at once', async () => {
      const [before, record] = [await open(), newTable()]
      await before.create(record, [testKey(record)])
      await before.exclude(record.id, player, { bannedUntil: 10 })
      const after = await open()
      const found = await Promise.all(Array.from({ length: 20 }, () => after.findFor(record.id, player)))
      expect(found.map((each) => each?.exclusion?.bannedUntil)).toEqual(Array.from({ length: 20 }, () => 10))
    })

    it('forgets a ring room with the directory', async () => {
      const [before, record] = [await open(), testRecord({ type: 'relay' })]
      await before.create(record, [testKey(record)])
      expect(await before.find(record.id)).toBeDefined()
      expect(await (await open()).find(record.id)).toBeUndefined()
    })

    it('forgets a durable room that was removed', async () => {
      const [before, record] = [await open(), newTable()]
      await before.create(record, [testKey(record)])
      await before.remove(record.id)
      expect(await before.find(record.id)).toBeUndefined()
      expect(await (await open()).find(record.id)).toBeUndefined()
    })

    it('lets no newcomer take the id of a room that only the archive still knows', async () => {
      const [before, record] = [await open(), newTable()]
      const keys = [testKey(record)]
      await before.create(record, keys)
      const after = await open()
      const usurper = { ...newTable(), id: record.id }
      expect(await problemOf(after.create(usurper, [testKey(usurper, 7)]))).toBe('conflict')
      expect(await after.find(record.id)).toEqual({ record, keys, players: 0 })
    })

    it('keeps nothing of a room that could not be created', async () => {
      const [directory, ring] = [await open(), testRecord({ type: 'relay' })]
      await directory.create(ring, [testKey(ring)])
      const table = { ...newTable(), id: ring.id }
      expect(await problemOf(directory.create(table, [testKey(table)]))).toBe('conflict')
      expect(await (await open()).find(ring.id)).toBeUndefined()
    })

    it('does not bring back a room that is removed while it is brought back', async () => {
      const archive = await parts.archive()
      for (let round = 0; round < 20; round += 1) {
        const record = newTable()
        await archive.save({ record, keys: [testKey(record)], exclusions: [] })
        const directory = createArchivedDirectory(parts.freshInner(), archive, isDurable)
        await Promise.all([directory.find(record.id), directory.remove(record.id), directory.find(record.id)])
        expect(await directory.find(record.id)).toBeUndefined()
      }
    })

    it('has nothing to bring back for an id that nobody created', async () => {
      expect(await (await open()).find(newRoomId())).toBeUndefined()
    })
  })
}
