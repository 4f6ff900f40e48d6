import type { ConnectionId, NodeId, PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Soon } from '@innkeeper/protocol/tools'

/** Where a player is. `since` is epoch ms; `epoch` orders claims of one player, the newest highest. */
export interface PresenceEntry {
  readonly uuid: PlayerUuid
  readonly roomId: RoomId
  readonly nodeId: NodeId
  readonly connectionId: ConnectionId
  readonly since: number
  readonly epoch: number
}

/** The place that a connection claims for its player. */
export type Place = Pick<PresenceEntry, 'uuid' | 'roomId' | 'nodeId' | 'connectionId'>

export type Claim =
  | { readonly kind: 'claimed'; readonly entry: PresenceEntry }
  | { readonly kind: 'taken'; readonly incumbent: PresenceEntry }

/**
 * `presence:<uuid>`: one player, one place. Every step is atomic; time is the store's own, so that a node's wrong
 * clock unseats nobody. An entry lapses `ttlMs` after its last heartbeat.
 */
export interface Presence {
  find(uuid: PlayerUuid): Soon<PresenceEntry | undefined>
  /**
   * @param over  the incumbent that may be replaced, and no other: a take-over of a dead or dismissed connection
   */
  claim(place: Place, over?: ConnectionId): Soon<Claim>
  /**
   * Keeps entries alive, and claims again what the store has lost.
   *
   * @returns the entries that a newer connection holds by now: their sockets must close
   */
  heartbeat(entries: readonly PresenceEntry[]): Promise<readonly PresenceEntry[]>
  /** Ends the entry if this connection holds it; a late close of a replaced socket ends nothing. */
  release(uuid: PlayerUuid, connectionId: ConnectionId): Promise<boolean>
}
