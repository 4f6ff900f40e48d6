import { AppError } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import { andThen, type Log, type Random, type Soon } from '@innkeeper/protocol/tools'
import type { Connection } from '@innkeeper/rooms/gateway/connection'
import type { Gateway } from '@innkeeper/rooms/gateway/gateway'
import { isSocketPath } from '@innkeeper/rooms/gateway/upgrade'
import { clientIp, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import type { DirectRequest } from '@innkeeper/web-kit/direct-routes'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemResponse } from '@innkeeper/web-kit/problem-response'
import type { Server } from 'bun'
import type { GameServerSettings } from './config'
import { pathOf, type Traffic } from './traffic'

export interface ServeOptions {
  readonly app: HttpApp
  readonly gateway: Gateway
  readonly proxies: TrustedProxies
  readonly random: Random
  readonly log: Log
  readonly traffic: Traffic
}

/** A name or an address, and a port. Anything else makes no URL of the request, and whatever reads it would throw. */
const plausibleHost =
  /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]))?$/

function hasPlausibleHost({ headers }: Request): boolean {
  return plausibleHost.test(headers.get('host') ?? '')
}

function refuseHost(random: Random): Response {
  return problemResponse(
    new AppError('bad-request', 'The Host header is missing or malformed'),
    random.uuid(),
  )
}

/** Above the largest frame that is taken, so that one too large is answered with 4413 and not just cut off. */
const maxPayloadBytes = 2 * 1024 * 1024 + 2 * limits.frameBytes

/**
 * Takes the port, and answers 503 until `serve` is called: the issuer of tokens and the allowed origins must know the
 * port before anything that serves them can be made, and a port that was only looked at may be gone a moment later.
 *
 * @throws an error with the code `EADDRINUSE`
 */
export function listen({ PORT, HOST }: Pick<GameServerSettings, 'PORT' | 'HOST'>): Server<Connection> {
  return Bun.serve<Connection>({
    port: PORT,
    hostname: HOST,
    // The app draws the line for each path, below this one.
    maxRequestBodySize: limits.importBytes + 1024 * 1024,
    // Bun's own error page shows the code, and its console line the whole address.
    development: false,
    fetch: () => new Response(null, { status: 503, headers: { 'retry-after': '1' } }),
    websocket: { message: () => {} },
  })
}

/** Opens the doors of a server that listens: HTTP and sockets in front of the app and the gateway. */
export function serve(server: Server<Connection>, options: ServeOptions): void {
  const { app, gateway, traffic, random, log } = options
  server.reload({
    error(error) {
      const requestId = random.uuid()
      log.error({ error, requestId }, 'A request could not be served')
      return problemResponse(new AppError('server-error'), requestId)
    },
    routes: routesOf(options),
    fetch(request, listening) {
      if (!hasPlausibleHost(request)) return refuseHost(random)
      // Only a GET can be an upgrade (RFC 6455); the look at the headers is spared for everything else.
      if (request.method === 'GET' && request.headers.has('upgrade')) {
        if (isSocketPath(pathOf(request))) return upgrade(request, listening, options)
      }
      return counted(request, app.fetch(request, listening), options)
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
}

/** The direct routes of the app for Bun's own router. */
function routesOf(options: ServeOptions) {
  const { app, random } = options
  const routes = Array.from(app.directRoutes, ([path, answer]) => {
    const POST = (request: DirectRequest, server: Server<Connection>): Soon<Response> => {
      if (!hasPlausibleHost(request)) return refuseHost(random)
      return counted(request, answer(request, server), options)
    }
    return [path, { POST }] as const
  })
  return Object.fromEntries(routes)
}

function counted(request: Request, answer: Soon<Response>, { traffic }: ServeOptions): Soon<Response> {
  return andThen(answer, (response) => traffic.answered(request, response))
}

function upgrade(
  request: Request,
  server: Server<Connection>,
  { gateway, proxies, random }: ServeOptions,
): Response | undefined {
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
