import type { NodeId, RoomId } from '@innkeeper/protocol/ids'
import type { Soon } from '@innkeeper/protocol/tools'

/** A game-server process and where sockets reach it (`http(s)://host:port`). */
export interface NodeAddress {
  readonly nodeId: NodeId
  readonly url: string
}

/** Which node holds which room. A node that stops its heartbeat loses its rooms to whoever asks next. */
export interface Leases {
  readonly me: NodeAddress
  /** @returns the holder: this node, when the room was free or its holder is dead */
  acquire(roomId: RoomId): Promise<NodeAddress>
  /** @returns the living holder, if there is one */
  holder(roomId: RoomId): Soon<NodeAddress | undefined>
  release(roomId: RoomId): Promise<void>
  /** Says that this node lives. @returns the rooms of `held` that another node has taken meanwhile */
  heartbeat(held: readonly RoomId[]): Promise<readonly RoomId[]>
  /** Gives everything back: the node is going away. */
  retire(held: readonly RoomId[]): Promise<void>
}
