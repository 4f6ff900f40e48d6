import type { ConnectionId } from '@innkeeper/protocol/ids'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { RoomRecord } from '../room-record'
import type { Recorded, RoomEvent, RoomType } from '../room-type'
import type { Publish } from './fan-out'

/** The socket of someone inside, as far as a room needs it. */
export interface RoomConnection {
  readonly connectionId: ConnectionId
  /** Epoch ms: when it became its player's presence. */
  readonly presentSince: number
  send(text: string): void
  subscribe(topics: readonly string[]): void
  unsubscribe(topics: readonly string[]): void
}

/** A state with the `seq` of the last event in it. */
export interface Moment {
  readonly seq: number
  readonly state: unknown
}

/** Where the events of a durable room are kept; writes of one room resolve in their order. */
export interface RoomStore {
  append(events: readonly Recorded<RoomEvent>[]): Promise<void>
  /** Told of every published moment; keeps a snapshot when it is time for one. */
  reached(moment: Moment): void
}

export interface RoomOptions {
  readonly record: RoomRecord
  readonly type: RoomType
  readonly start: Moment
  /** Events up to `start`, for `since`. */
  readonly past: readonly Recorded<RoomEvent>[]
  /** Absent in a ring room. */
  readonly store?: RoomStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly publish: Publish
  /** A write failed: what was decided since then is not true, so the room must be opened anew. */
  readonly onBroken: (error: unknown) => void
}
