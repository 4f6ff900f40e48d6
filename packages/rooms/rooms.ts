import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { PlayerInfo } from '@innkeeper/protocol/frames'
import type { Soon } from '@innkeeper/protocol/tools'
import type { Player, Recorded, RoomEvent, Viewer } from './room-type'
import type { KnownRoom, RoomRecord } from './room-record'
import type { TicketAnswer } from './tickets/ticket-answer'

/** A command as HTTP or a socket brings it. `id` comes back as `ref`, and makes a repetition apply once. */
export interface CommandInput {
  readonly id: string
  readonly name: string
  readonly payload?: unknown
}

/** A room as one viewer may see it now. */
export interface RoomView {
  readonly seq: number
  /** Whose view it is: the role that the viewer has now. */
  readonly role: string
  readonly state: unknown
  /** Who is connected. */
  readonly players: readonly PlayerInfo[]
}

/** Which part of a room's history somebody wants. */
export interface HistoryWish {
  /** Only events with a smaller `seq`: the `before` of the page before. */
  readonly before?: number
  /** So many events at most. */
  readonly limit: number
  /** Only events of these names, at least one; absent: of any. */
  readonly names?: readonly string[]
}

/** A page of history, newest first: what this viewer may see. */
export interface HistoryPage {
  readonly events: readonly Recorded<RoomEvent>[]
  /** Asks for the next page, also where this one is short or empty; absent when there is nothing older. */
  readonly before?: number
}

/** What creating a room takes; the rest of the record is made here. `id` is given where it is already someone's. */
export type NewRoom = Omit<RoomRecord, 'id' | 'createdAt'> & { readonly id?: RoomId }

/** Rooms for the services beside the gateway (HTTP routes, sessions): everything by room id, on any node. */
export interface Rooms {
  /** @throws AppError `validation-failed` for an unknown type or bad options */
  create(room: NewRoom): Promise<KnownRoom>
  find(id: RoomId): Soon<KnownRoom | undefined>
  /** Seats a player without a socket: their `admit` events are recorded. @throws AppError what `admit` refused */
  admit(id: RoomId, player: Player): Promise<Viewer>
  /**
   * Runs a command for someone who was admitted. Here as in `view` and `history`, a role that the room type gives
   * (`roleOf`) comes before the one in `by`; only a role that is none of the type's is the server's own, and stands.
   *
   * @returns the events as this viewer may see them (a hidden one is left out)
   * @throws AppError what the room type refused, or `room-not-found`
   */
  execute(id: RoomId, by: Viewer, command: CommandInput): Promise<readonly Recorded<RoomEvent>[]>
  /** @throws AppError `room-not-found` */
  view(id: RoomId, viewer: Viewer): Promise<RoomView>
  /**
   * Pages back through everything that was published in a durable room; a ring room has no such history.
   *
   * @throws AppError `room-not-found`
   */
  history(id: RoomId, viewer: Viewer, wish: HistoryWish): Promise<HistoryPage>
  /**
   * A ticket for somebody without a seat who looks on, in a room of any admission: whoever asks has made sure that they
   * may. It cannot be renewed on the socket: when it ends, its holder has to ask again.
   *
   * @throws AppError `room-not-found`
   */
  ticketToWatch(id: RoomId): Promise<TicketAnswer>
  /** Ends the player's tickets of this room and closes their sockets with 4403. */
  kick(id: RoomId, uuid: PlayerUuid): Promise<void>
  /** The same, and no new ticket until then (epoch ms). */
  ban(id: RoomId, uuid: PlayerUuid, untilMs: number): Promise<void>
  /** Gives the room to somebody else. Does nothing for a room that is gone. */
  setOwner(id: RoomId, owner: PlayerUuid): Promise<void>
  /** Tickets of older keys are good for `graceMs` more (0: not at all; sockets stay). */
  rotateKey(id: RoomId, graceMs: number): Promise<void>
  /** Ends the room: sockets close with 4404, its history is removed. */
  close(id: RoomId): Promise<void>
}
