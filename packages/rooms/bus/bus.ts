import type { Player, Viewer } from '../room-type'
import type { CommandInput } from '../rooms'
import type { ConnectionId, NodeId, PlayerUuid, RoomId } from '@innkeeper/protocol/ids'

/** What nodes tell each other. Each is small and safe to hear twice. */
export type BusMessage =
  | { readonly kind: 'probe'; readonly connectionId: ConnectionId }
  | { readonly kind: 'dismiss'; readonly connectionId: ConnectionId; readonly reason: 'replaced' | 'moved' }
  | {
      readonly kind: 'exclude'
      readonly roomId: RoomId
      readonly uuid: PlayerUuid
      readonly reason: 'kicked' | 'banned'
    }
  | { readonly kind: 'close-room'; readonly roomId: RoomId }
  | { readonly kind: 'call'; readonly roomId: RoomId; readonly call: RoomCall }

/** What a request on one node asks of a room on another. A command is safe to send twice: its id makes it apply once. */
export type RoomCall =
  | { readonly op: 'admit'; readonly player: Player }
  | { readonly op: 'execute'; readonly by: Viewer; readonly command: CommandInput }
  | { readonly op: 'view'; readonly viewer: Viewer }
  | { readonly op: 'horizon'; readonly viewer: Viewer }

/** Takes what other nodes say. One that throws is logged, and silent to whoever asked. */
export type BusReceiver = (message: BusMessage) => unknown

/** Node to node. A message to a dead node is lost, and `ask` says so by its silence. */
export interface Bus {
  readonly nodeId: NodeId
  /** Resolves when it is sent; what receivers make of it is not known. `all` includes this node. */
  tell(to: NodeId | 'all', message: BusMessage): Promise<void>
  /** @returns the answer (JSON), or undefined: after `timeoutMs` at the latest, at once where nobody can have heard it */
  ask(to: NodeId, message: BusMessage, timeoutMs: number): Promise<unknown>
  /** The one receiver of this node's messages; what it returns (JSON, not undefined) answers an `ask`. */
  receive(handler: BusReceiver): void
  close(): Promise<void>
}
