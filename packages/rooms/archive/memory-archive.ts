import { AppError } from '@innkeeper/protocol/problems'
import type { RoomId } from '@innkeeper/protocol/ids'
import type { ArchivedRoom, RoomArchive } from './room-archive'

/** An archive without a disk, for tests. */
export function createMemoryArchive(): RoomArchive {
  const rooms = new Map<RoomId, ArchivedRoom>()
  return {
    async save(room) {
      if (rooms.has(room.record.id)) throw new AppError('conflict', 'A room with this id exists')
      rooms.set(room.record.id, room)
    },
    async load(id) {
      return rooms.get(id)
    },
    async update(id, change) {
      const room = rooms.get(id)
      if (room) rooms.set(id, change(room))
    },
    async remove(id) {
      rooms.delete(id)
    },
  }
}
