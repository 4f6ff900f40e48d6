import { limits } from '@innkeeper/protocol/limits'
import type { ConnectionId } from '@innkeeper/protocol/ids'
import type { Bus } from '../bus/bus'
import type { PresenceEntry } from './presence'

/** The sockets of this node, as far as a rival for their player's presence is concerned. */
export interface LocalSockets {
  /** @returns whether the peer of this socket answers within `limits.probeMs` */
  probe(connectionId: ConnectionId): Promise<boolean>
  /** Closes with 4410. @returns whether the socket was here */
  dismiss(connectionId: ConnectionId, reason: 'replaced' | 'moved'): boolean
}

/** A socket of some node. */
export type SocketPlace = Pick<PresenceEntry, 'nodeId' | 'connectionId'>

/** Whoever holds a presence now, on whichever node. */
export interface Incumbents {
  /** Asked before anyone is refused: a dead socket must not lock its own player out. */
  isAlive(socket: SocketPlace): Promise<boolean>
  dismiss(socket: SocketPlace, reason: 'replaced' | 'moved'): Promise<void>
}

/** A node that does not answer within the time of a probe, and a moment for the way, counts as dead. */
const answerMs = limits.probeMs + 250

export function createIncumbents(bus: Bus, sockets: LocalSockets): Incumbents {
  return {
    async isAlive({ nodeId, connectionId }) {
      if (nodeId === bus.nodeId) return await sockets.probe(connectionId)
      return (await bus.ask(nodeId, { kind: 'probe', connectionId }, answerMs)) === true
    },
    async dismiss({ nodeId, connectionId }, reason) {
      if (nodeId === bus.nodeId) sockets.dismiss(connectionId, reason)
      else await bus.tell(nodeId, { kind: 'dismiss', connectionId, reason })
    },
  }
}
