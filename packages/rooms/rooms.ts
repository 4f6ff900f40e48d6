import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { PlayerInfo } from '@innkeeper/protocol/frames'
import type { Player, Recorded, RoomEvent, Viewer } from './room-type'
import type { KnownRoom, RoomRecord } from './room-record'

/** A command as HTTP or a socket brings it. `id` comes back as `ref`, and makes a repetition apply once. */
export interface CommandInput {
  readonly id: string
  readonly name: string
  readonly payload?: unknown
}

/** A room as one viewer may see it now. */
export interface RoomView {
  readonly seq: number
  readonly state: unknown
  /** Who is connected. */
  readonly players: readonly PlayerInfo[]
}

/** What creating a room takes; the rest of the record is made here. `id` is given where it is already someone's. */
export type NewRoom = Omit<RoomRecord, 'id' | 'createdAt'> & { readonly id?: RoomId }

/** Rooms for the services beside the gateway (HTTP routes, sessions): everything by room id, on any node. */
export interface Rooms {
  /** @throws AppError `validation-failed` for an unknown type or bad options */
  create(room: NewRoom): Promise<KnownRoom>
  find(id: RoomId): Promise<KnownRoom | undefined>
  /** Seats a player without a socket: their `admit` events are recorded. @throws AppError what `admit` refused */
  admit(id: RoomId, player: Player): Promise<Viewer>
  /**
   * Runs a command for someone who was admitted.
   *
   * @returns the events as this viewer may see them (a hidden one is left out)
   * @throws AppError what the room type refused, or `room-not-found`
   */
  execute(id: RoomId, by: Viewer, command: CommandInput): Promise<readonly Recorded<RoomEvent>[]>
  /** @throws AppError `room-not-found` */
  view(id: RoomId, viewer: Viewer): Promise<RoomView>
  /** Ends the player's tickets of this room and closes their sockets with 4403. */
  kick(id: RoomId, uuid: PlayerUuid): Promise<void>
  /** The same, and no new ticket until then (epoch ms). */
  ban(id: RoomId, uuid: PlayerUuid, untilMs: number): Promise<void>
  /** Tickets of older keys are good for `graceMs` more (0: not at all; sockets stay). */
  rotateKey(id: RoomId, graceMs: number): Promise<void>
  /** Ends the room: sockets close with 4404, its history is removed. */
  close(id: RoomId): Promise<void>
}
