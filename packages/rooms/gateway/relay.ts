import { closeCodes } from '@innkeeper/protocol/close-codes'
import { limits } from '@innkeeper/protocol/limits'
import type { ConnectionId, NodeId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Log, Random } from '@innkeeper/protocol/tools'
import type { NodeAddress } from '../leases/leases'
import type { SocketPlace } from '../presence/incumbents'
import { comeBack, type Connection } from './connection'

export interface RelayTarget {
  readonly node: NodeAddress
  /** This node. */
  readonly from: NodeId
  readonly credential: string
  /** Frames that came while the socket was entering. */
  readonly queue: readonly string[]
}

/** Joins a socket to the node that holds its room. */
export type Relay = (connection: Connection, to: RelayTarget) => void

/** Says to the other node that this socket has been led once already, and which one it is here. */
export const relayedHeader = 'x-innkeeper-relayed'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws AppError `bad-request` for what no node has written */
export function parseRelayed(header: string | null): SocketPlace | undefined {
  if (header === null) return undefined
  const [nodeId = '', connectionId = '', ...more] = header.split('/')
  if (!uuid.test(nodeId) || !uuid.test(connectionId) || more.length > 0)
    throw new AppError('bad-request', 'This socket was led here by nobody')
  return { nodeId: nodeId as NodeId, connectionId: connectionId as ConnectionId }
}

/**
 * Leads sockets to the right node: any load balancer will do, at the price of one hop. The other node verifies the
 * credential itself and does everything else; here texts are passed on as they are.
 */
export function createRelay({ log, random }: { readonly log: Log; readonly random: Random }): Relay {
  return (connection, { node, from, credential, queue }) => {
    log.debug({ node: node.nodeId }, 'A socket is led to the node that holds its room')
    const upstream = new WebSocket(upstreamUrl(connection, node), {
      headers: {
        authorization: `Bearer ${credential}`,
        [relayedHeader]: `${from}/${connection.connectionId}`,
        'x-forwarded-for': connection.request.ip,
      },
    })
    const waiting: string[] = [...queue]
    const comeBackSoon = (): void =>
      connection.close(
        closeCodes.draining,
        comeBack('moved', { afterMs: 250, spread: random.below(1_000) / 1_000 }),
      )
    const patience = setTimeout(comeBackSoon, limits.relayConnectMs)
    connection.phase = {
      kind: 'relayed',
      upstream: {
        send(text) {
          if (upstream.bufferedAmount > limits.slowReaderBytes)
            connection.close(closeCodes.tooMany, { type: '/problems/too-many' })
          else if (upstream.readyState === WebSocket.OPEN) upstream.send(text)
          else if (waiting.length < limits.enteringFrames) waiting.push(text)
          else connection.close(closeCodes.tooMany, { type: '/problems/too-many' })
        },
        // Only 1000 and 3000 to 4999 may be sent by a client; any other end is an end without a farewell.
        close: (code) => (code === 1000 ? upstream.close(1000) : upstream.close(4000)),
      },
    }
    upstream.onopen = () => {
      clearTimeout(patience)
      for (const text of waiting.splice(0)) upstream.send(text)
    }
    upstream.onmessage = ({ data }) => {
      if (typeof data === 'string') connection.send(data)
    }
    upstream.onclose = ({ code, reason }) => {
      clearTimeout(patience)
      if (code >= 4000) connection.wire?.close(code, reason)
      else comeBackSoon()
    }
  }
}

function upstreamUrl({ request: { roomId, takeover }, since }: Connection, node: NodeAddress): string {
  const url = new URL(roomId === undefined ? '/ws' : `/enterRoom/${roomId}`, node.url)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  if (since !== undefined) url.searchParams.set('since', String(since))
  if (takeover) url.searchParams.set('takeover', 'true')
  return url.href
}
