import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent } from '../room-type'

/** What a room is rebuilt from. */
export interface Loaded {
  /** Goes with every write; a write with an older epoch than the row's is refused. */
  readonly epoch: number
  readonly snapshot: { readonly seq: number; readonly state: unknown } | undefined
  /** Events after the snapshot, and at least the latest `tail` of them for `since`. In order of `seq`. */
  readonly events: readonly Recorded<RoomEvent>[]
}

/** Which events of a room to read: those between `after` and `before`, neither of them included. */
export interface JournalRange {
  readonly after: number
  readonly before: number
  /** So many at most. */
  readonly limit: number
  /** Only events of these names, at least one; absent: of any. */
  readonly names?: readonly string[]
}

/** This node is no longer the room's: another one opened it later. */
export class FencedError extends Error {
  override readonly name = 'FencedError'

  constructor(readonly roomId: RoomId) {
    super(`Room ${roomId} was opened by another node`)
  }
}

/**
 * The durable history of rooms, from the first event to the latest. `append` resolves when the events would survive a
 * power cut.
 */
export interface Journal {
  /** Raises the room's epoch and reads its history: from now on, earlier openers are fenced. */
  open(roomId: RoomId, tail: number): Promise<Loaded>
  /** @throws FencedError when a newer epoch exists; nothing is written then */
  append(roomId: RoomId, epoch: number, events: readonly Recorded<RoomEvent>[]): Promise<void>
  /** @throws FencedError when a newer epoch exists */
  saveSnapshot(
    roomId: RoomId,
    epoch: number,
    snapshot: { readonly seq: number; readonly state: unknown },
  ): Promise<void>
  /** @returns events, newest first. Whoever wrote them may not have shown them yet */
  read(roomId: RoomId, range: JournalRange): Promise<readonly Recorded<RoomEvent>[]>
  remove(roomId: RoomId): Promise<void>
}
