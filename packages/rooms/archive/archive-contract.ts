import { beforeAll, describe, expect, it } from 'bun:test'
import { problemOf } from '../testing/problem-of'
import { newRoomId, playerUuid, testKey, testRecord } from '../testing/test-ids'
import type { ArchivedRoom, RoomArchive } from './room-archive'

/** What every archive does alike. `create` opens the archive of this name, as another process would. */
export function archiveContract(name: string, create: () => Promise<RoomArchive>): void {
  describe(`archive on ${name}`, () => {
    let archive: RoomArchive
    let elsewhere: RoomArchive
    beforeAll(async () => {
      archive = await create()
      elsewhere = await create()
    })

    it('gives back what was saved, keys to the last byte', async () => {
      const room = newRoom()
      await archive.save(room)
      expect(await elsewhere.load(room.record.id)).toEqual(room)
    })

    it('has nothing of a room that was never saved', async () => {
      expect(await archive.load(newRoomId())).toBeUndefined()
    })

    it('refuses an id that it has, and keeps that room', async () => {
      const room = newRoom()
      await archive.save(room)
      const usurper = { ...newRoom(), record: testRecord({ id: room.record.id }) }
      expect(await problemOf(elsewhere.save(usurper))).toBe('conflict')
      expect(await archive.load(room.record.id)).toEqual(room)
    })

    it('changes one room, and nothing of others', async () => {
      const [room, other] = [newRoom(), newRoom()]
      for (const each of [room, other]) await archive.save(each)
      const keys = [testKey(room.record, 2)]
      await archive.update(room.record.id, (was) => ({ ...was, keys }))
      expect(await elsewhere.load(room.record.id)).toEqual({ ...room, keys })
      expect(await elsewhere.load(other.record.id)).toEqual(other)
    })

    it('changes nothing for a room that is gone', async () => {
      const id = newRoomId()
      await archive.update(id, () => newRoom())
      expect(await archive.load(id)).toBeUndefined()
    })

    it('keeps a room as it was when the change throws', async () => {
      const room = newRoom()
      await archive.save(room)
      const refused = archive.update(room.record.id, () => {
        throw new Error('changed my mind')
      })
      expect(await refused.catch((error: unknown) => String(error))).toContain('changed my mind')
      expect(await archive.load(room.record.id)).toEqual(room)
    })

    it('loses none of many changes at once, from two processes', async () => {
      const room = { ...newRoom(), exclusions: [] }
      await archive.save(room)
      const players = Array.from({ length: 30 }, () => playerUuid())
      await Promise.all(
        players.map((uuid, index) =>
          (index % 2 ? archive : elsewhere).update(room.record.id, (was) => ({
            ...was,
            exclusions: [...was.exclusions, [uuid, { bannedUntil: index }]],
          })),
        ),
      )
      const kept = await archive.load(room.record.id)
      expect(kept?.exclusions.map(([uuid]) => uuid).toSorted()).toEqual(players.toSorted())
    })

    it('forgets what was removed; its id is free again', async () => {
      const room = newRoom()
      await archive.save(room)
      await elsewhere.remove(room.record.id)
      await archive.remove(room.record.id)
      expect(await archive.load(room.record.id)).toBeUndefined()
      await archive.save(room)
    })
  })
}

function newRoom(): ArchivedRoom {
  const record = testRecord({
    type: 'tabletop',
    name: 'Zoë’s "table" \u0000 🐉',
    options: { language: 'pt-BR', deep: [{}] },
  })
  return {
    record,
    keys: [testKey(record, 2), { ...testKey(record), acceptUntil: 1_795_296_000_000 }],
    exclusions: [[playerUuid('guest:sauron#{1}'), { bannedUntil: 5, ticketsAfter: 1_795_296_000_000 }]],
  }
}
