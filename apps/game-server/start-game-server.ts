import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createHttpApp } from '@innkeeper/web-kit/http-app'
import { databaseAnswers } from '@innkeeper/storage/open-database'
import { addApiDocs } from './api-docs'
import { createBroadcast } from './broadcast'
import { createGameServer, type GameServerOptions } from './create-game-server'
import { createMetrics } from './metrics'
import { addOperationRoutes } from './operations'
import { serve } from './serve'
import { createTraffic, logAnswers } from './traffic'

export interface StartOptions extends Omit<GameServerOptions, 'publish'> {
  readonly port: number
  /** Routes of whatever shares the process; they come before the API's own documents. */
  readonly mount?: (app: HttpApp) => void
  /** The last routes: a page, which answers every address that is left. */
  readonly mountLast?: (app: HttpApp) => void
}

export interface Started {
  readonly port: number
  /** Sends everyone home in order. Databases and the like are the caller's to close. */
  stop(): Promise<void>
}

/** Wires a game-server and listens: the API, its documents, health and metrics, and the sockets. */
export async function startGameServer(options: StartOptions): Promise<Started> {
  const { settings, database, redis, origins, url, random, log } = options
  const broadcast = createBroadcast()
  const game = await createGameServer({ ...options, publish: broadcast.publish })
  const app = createHttpApp({ log, random, origins })
  const traffic = createTraffic(logAnswers(settings.LOG_LEVEL, log))
  const checks = { database: () => databaseAnswers(database), ...(redis ? { redis: () => redis.isUp() } : {}) }
  const state = { isDraining: false }
  addOperationRoutes(app, { checks, isDraining: () => state.isDraining }, createMetrics(game.rooms, traffic))
  options.mount?.(app)
  game.addRoutes(app)
  addApiDocs(app, url)
  options.mountLast?.(app)
  const { gateway } = game.rooms
  const proxies = settings.TRUST_PROXY ?? noTrustedProxies
  const server = serve({ port: options.port, hostname: settings.HOST, app, gateway, broadcast, proxies, random, traffic })
  return {
    port: server.port ?? options.port,
    async stop() {
      state.isDraining = true
      await game.drain()
      await server.stop(true)
    },
  }
}
