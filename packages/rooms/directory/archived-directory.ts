import { AppError } from '@innkeeper/protocol/problems'
import type { RoomId } from '@innkeeper/protocol/ids'
import { andThen } from '@innkeeper/protocol/tools'
import type { ArchivedRoom, RoomArchive } from '../archive/room-archive'
import type { KnownRoom } from '../room-record'
import type { Directory } from './directory'
import { formatKeys } from './key-ring-text'

/**
 * A directory that forgets no durable room: it is archived before it is known, and looked up there when the directory
 * has lost it (a restart of one node, an emptied Redis). So tickets, keys and bans of a table outlive every process.
 */
export function createArchivedDirectory(
  inner: Directory,
  archive: RoomArchive,
  isDurable: (type: string) => boolean,
): Directory {
  const restore = (id: RoomId): Promise<KnownRoom | undefined> => restoreRoom(inner, archive, id)
  return {
    ...inner,
    async create(record, keys, exclusions = []) {
      if (!isDurable(record.type)) return await inner.create(record, keys, exclusions)
      await archive.save({ record, keys, exclusions })
      try {
        await inner.create(record, keys, exclusions)
      } catch (error) {
        await archive.remove(record.id)
        throw error
      }
    },
    find(id) {
      return andThen(inner.find(id), (found) => found ?? restore(id))
    },
    findFor(id, uuid) {
      const findAgain = (room: KnownRoom | undefined) => room && inner.findFor(id, uuid)
      return andThen(inner.findFor(id, uuid), (found) => found ?? restore(id).then(findAgain))
    },
    async setKeys(id, keys) {
      await archive.update(id, (room) => ({ ...room, keys }))
      await inner.setKeys(id, keys)
    },
    async setOwner(id, owner) {
      await archive.update(id, (room) => ({ ...room, record: { ...room.record, owner } }))
      await inner.setOwner(id, owner)
    },
    async exclude(id, uuid, exclusion) {
      await archive.update(id, (room) => {
        const exclusions = new Map(room.exclusions)
        exclusions.set(uuid, { ...exclusions.get(uuid), ...exclusion })
        return { ...room, exclusions: [...exclusions] }
      })
      await inner.exclude(id, uuid, exclusion)
    },
    async remove(id) {
      await archive.remove(id)
      await inner.remove(id)
    },
  }
}

async function restoreRoom(
  inner: Directory,
  archive: RoomArchive,
  id: RoomId,
): Promise<KnownRoom | undefined> {
  const archived = await archive.load(id)
  if (!archived) return undefined
  await createUnlessThere(inner, archived)
  await catchUp(inner, archived, await archive.load(id))
  return await inner.find(id)
}

/** What was written to the archive since it was read may have come before the room was there to take it. */
async function catchUp(inner: Directory, then: ArchivedRoom, now: ArchivedRoom | undefined): Promise<void> {
  const { id } = then.record
  if (!now) return await inner.remove(id)
  if (formatKeys(now.keys) !== formatKeys(then.keys)) await inner.setKeys(id, now.keys)
  if (now.record.owner !== then.record.owner) await inner.setOwner(id, now.record.owner)
  if (JSON.stringify(now.exclusions) === JSON.stringify(then.exclusions)) return
  for (const [uuid, exclusion] of now.exclusions) await inner.exclude(id, uuid, exclusion)
}

async function createUnlessThere(
  directory: Directory,
  { record, keys, exclusions }: ArchivedRoom,
): Promise<void> {
  try {
    await directory.create(record, keys, exclusions)
  } catch (error) {
    // Another node was restoring it too, and came first.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  }
}
