import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Exclusion, RingKey, RoomRecord } from '../room-record'

/** All that the directory must know again about a durable room after a restart. */
export interface ArchivedRoom {
  readonly record: RoomRecord
  readonly keys: readonly RingKey[]
  readonly exclusions: readonly (readonly [PlayerUuid, Exclusion])[]
}

/** Keeps durable rooms where nothing is forgotten. */
export interface RoomArchive {
  /** @throws AppError `conflict` when the id is archived already */
  save(room: ArchivedRoom): Promise<void>
  load(id: RoomId): Promise<ArchivedRoom | undefined>
  /** Changes one room in one step; does nothing for a room that is gone. */
  update(id: RoomId, change: (room: ArchivedRoom) => ArchivedRoom): Promise<void>
  remove(id: RoomId): Promise<void>
}
