import { AppError } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import type { Random } from '@innkeeper/protocol/tools'
import type { Connection } from '@innkeeper/rooms/gateway/connection'
import type { Gateway } from '@innkeeper/rooms/gateway/gateway'
import { isSocketPath } from '@innkeeper/rooms/gateway/upgrade'
import { clientIp, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemResponse } from '@innkeeper/web-kit/problem-response'
import type { Server } from 'bun'
import type { Broadcast } from './broadcast'
import type { Traffic } from './traffic'

export interface ServeOptions {
  readonly port: number
  readonly hostname: string
  readonly app: HttpApp
  readonly gateway: Gateway
  readonly broadcast: Broadcast
  readonly proxies: TrustedProxies
  readonly random: Random
  readonly traffic: Traffic
}

/** Above the largest frame that is taken, so that one too large is answered with 4413 and not just cut off. */
const maxPayloadBytes = 4 * 1024 * 1024

/** Listens: Bun's HTTP and sockets in front of the app and the gateway. */
export function serve(options: ServeOptions): Server<Connection> {
  const { app, gateway, broadcast, traffic } = options
  const server = Bun.serve<Connection>({
    port: options.port,
    hostname: options.hostname,
    maxRequestBodySize: 1024 * 1024,
    fetch(request, listening) {
      // Only a GET can be an upgrade (RFC 6455); the look at the headers is spared for everything else.
      if (request.method === 'GET' && request.headers.has('upgrade')) {
        const { pathname } = new URL(request.url)
        if (isSocketPath(pathname)) return upgrade(request, listening, options)
      }
      const answer = app.fetch(request, listening)
      if (answer instanceof Response) return traffic.answered(request, answer)
      return answer.then((response) => traffic.answered(request, response))
    },
    websocket: {
      idleTimeout: limits.socketIdleSeconds,
      sendPings: true,
      perMessageDeflate: false,
      maxPayloadLength: maxPayloadBytes,
      // A slow reader is closed with 4508 well below this; here the runtime itself draws the line, and drops nothing.
      backpressureLimit: limits.backpressureBytes,
      closeOnBackpressureLimit: true,
      open: (socket) => gateway.opened(socket.data, socket),
      message(socket, data) {
        traffic.frames += 1
        gateway.message(socket.data, data)
      },
      pong: (socket) => gateway.pong(socket.data),
      close: (socket, code) => gateway.closed(socket.data, code),
    },
  })
  broadcast.attach(server)
  return server
}

function upgrade(request: Request, server: Server<Connection>, { gateway, proxies, random }: ServeOptions): Response | undefined {
  try {
    const ip = clientIp(request, server.requestIP(request)?.address, proxies)
    const { connection, headers } = gateway.upgrade(request, ip)
    if (server.upgrade(request, { data: connection, headers })) return undefined
    throw new AppError('bad-request', 'This is not a WebSocket upgrade (RFC 6455)')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return problemResponse(error, random.uuid())
  }
}
