import { AppError } from '@innkeeper/protocol/problems'
import type { RoomId } from '@innkeeper/protocol/ids'
import type { ArchivedRoom, RoomArchive } from '../archive/room-archive'
import type { KnownRoom } from '../room-record'
import type { Directory } from './directory'

/**
 * A directory that forgets no durable room: it is archived before it is known, and looked up there when the directory
 * has lost it (a restart of one node, an emptied Redis). So tickets, keys and bans of a table outlive every process.
 */
export function createArchivedDirectory(inner: Directory, archive: RoomArchive, isDurable: (type: string) => boolean): Directory {
  const restore = async (id: RoomId): Promise<KnownRoom | undefined> => {
    const archived = await archive.load(id)
    if (!archived) return undefined
    await createUnlessThere(inner, archived)
    for (const [uuid, exclusion] of archived.exclusions) await inner.exclude(id, uuid, exclusion)
    return await inner.find(id)
  }
  return {
    ...inner,
    async create(record, keys) {
      if (isDurable(record.type)) await archive.save({ record, keys, exclusions: [] })
      await inner.create(record, keys)
    },
    async find(id) {
      return (await inner.find(id)) ?? (await restore(id))
    },
    async findFor(id, uuid) {
      const found = await inner.findFor(id, uuid)
      if (found) return found
      return (await restore(id)) && (await inner.findFor(id, uuid))
    },
    async setKeys(id, keys) {
      await archive.update(id, (room) => ({ ...room, keys }))
      await inner.setKeys(id, keys)
    },
    async exclude(id, uuid, exclusion) {
      await archive.update(id, (room) => {
        const others = room.exclusions.filter(([excluded]) => excluded !== uuid)
        return { ...room, exclusions: [...others, [uuid, exclusion]] }
      })
      await inner.exclude(id, uuid, exclusion)
    },
    async remove(id) {
      await archive.remove(id)
      await inner.remove(id)
    },
  }
}

async function createUnlessThere(directory: Directory, { record, keys }: ArchivedRoom): Promise<void> {
  try {
    await directory.create(record, keys)
  } catch (error) {
    // Another node was restoring it too, and came first.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  }
}
