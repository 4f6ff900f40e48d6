import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Soon } from '@innkeeper/protocol/tools'
import type { Exclusion, KnownRoom, RingKey, RoomRecord } from '../room-record'

export interface NickHold {
  /** An account's own nick: whoever holds it as a guest loses it. */
  readonly wins?: true
  readonly uuid: PlayerUuid
  readonly untilMs: number
}

export interface RoomPage {
  readonly rooms: readonly KnownRoom[]
  /** Hand it back for the next page; absent on the last one. */
  readonly cursor?: string
}

export type Exclusions = readonly (readonly [PlayerUuid, Exclusion])[]

/** Which rooms exist, with their keys, bans and player counts. One answer on every node. */
export interface Directory {
  /**
   * @param exclusions  of a room that is brought back: there must be no moment in which it is known without them
   * @throws AppError `conflict` when the id exists
   */
  create(record: RoomRecord, keys: readonly RingKey[], exclusions?: Exclusions): Promise<void>
  find(id: RoomId): Soon<KnownRoom | undefined>
  /** One look for everything that a ticket is decided by. */
  findFor(
    id: RoomId,
    uuid: PlayerUuid,
  ): Soon<{ room: KnownRoom; exclusion: Exclusion | undefined } | undefined>
  /** Replaces the key ring. Does nothing for a room that is gone. */
  setKeys(id: RoomId, keys: readonly RingKey[]): Promise<void>
  /** Gives the room to somebody else. Does nothing for a room that is gone. */
  setOwner(id: RoomId, owner: PlayerUuid): Promise<void>
  /** Adds to what is known about this player: a kick leaves a ban alone, and the reverse. */
  exclude(id: RoomId, uuid: PlayerUuid, exclusion: Exclusion): Promise<void>
  /**
   * Keeps a name for one player of the room until then (epoch ms), by its skeleton.
   *
   * @returns false when another player has it
   */
  holdNick(id: RoomId, skeleton: string, hold: NickHold): Soon<boolean>
  /** Says how many are inside; also keeps the room from being forgotten. */
  setPlayers(id: RoomId, players: number): Promise<void>
  /** Counts how often a node opened the room: 1 for the first time, and for a room that is gone. */
  countOpening(id: RoomId): Promise<number>
  remove(id: RoomId): Promise<void>
  /** Listed rooms, the newest first. @throws AppError `validation-failed` for a cursor that is none of ours */
  list(query: { readonly type?: string; readonly cursor?: string; readonly limit: number }): Promise<RoomPage>
  /** Open rooms of one owner. */
  countOwned(owner: PlayerUuid): Promise<number>
}
