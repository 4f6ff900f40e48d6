import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { RoomKey } from '@innkeeper/tokens/ticket-tokens'

/** What a room is, from its creation to its end. Who may do what with it is decided from here alone. */
export interface RoomRecord {
  readonly id: RoomId
  readonly type: string
  readonly name: string
  readonly owner: PlayerUuid
  /** `seats`: only who holds a seat of the session gets a ticket; `anyone`: accounts, and guests where `guests`. */
  readonly admission: 'anyone' | 'seats'
  readonly guests: boolean
  /** A ranked room never admits guests, whatever `guests` says. */
  readonly ranked: boolean
  readonly listed: boolean
  readonly maxPlayers: number
  readonly options: unknown
  /** Epoch ms. */
  readonly createdAt: number
}

/** A key of the room's ring. Tickets of an older key are good until `acceptUntil` (epoch ms; absent: always). */
export interface RingKey extends RoomKey {
  readonly acceptUntil?: number
}

/** Why a player's tickets, or the player, are not let in. */
export interface Exclusion {
  /** Epoch ms. */
  readonly bannedUntil?: number
  /** Tickets issued up to this moment are dead (a kick). Epoch ms. */
  readonly ticketsAfter?: number
}

/** A room as the directory knows it now. `keys` holds the newest first. */
export interface KnownRoom {
  readonly record: RoomRecord
  readonly keys: readonly RingKey[]
  /** Players inside, as the node that holds the room last said. */
  readonly players: number
}

/** @returns the keys that still open the room */
export function liveKeys(room: KnownRoom, nowMs: number): readonly RingKey[] {
  return room.keys.every((key) => key.acceptUntil === undefined)
    ? room.keys
    : room.keys.filter((key) => key.acceptUntil === undefined || key.acceptUntil > nowMs)
}
