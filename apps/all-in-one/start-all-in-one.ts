import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connectRedis } from '@innkeeper/coordination/redis-connection'
import { addApiDocs } from '@innkeeper/game-server/api-docs'
import { createBroadcast } from '@innkeeper/game-server/broadcast'
import type { GameServerSettings } from '@innkeeper/game-server/config'
import { createGameServer } from '@innkeeper/game-server/create-game-server'
import { remoteIssuers } from '@innkeeper/game-server/issuers'
import { createMetrics } from '@innkeeper/game-server/metrics'
import { addOperationRoutes } from '@innkeeper/game-server/operations'
import { addPage } from '@innkeeper/game-server/page'
import { createRevocations } from '@innkeeper/game-server/revocations'
import { serve } from '@innkeeper/game-server/serve'
import { createTraffic, logAnswers } from '@innkeeper/game-server/traffic'
import { createSqlIdentity, migrateIdentity } from '@innkeeper/identity/sql-identity'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { databaseAnswers, openDatabase } from '@innkeeper/storage/open-database'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createHttpApp } from '@innkeeper/web-kit/http-app'
import { createOrigins } from '@innkeeper/web-kit/origins'
import { ownOrigins, publicUrlOf } from './addresses'

export interface AllInOneOptions {
  readonly settings: GameServerSettings
  /** The built page. */
  readonly pageFolder: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export interface AllInOne {
  /** Where a browser on this machine opens the page. */
  readonly url: string
  /** Sends everyone home in order, and closes everything. */
  stop(): Promise<void>
}

/** Everything in one process: identity, rooms, tables and the page. Read it from the top: each part is named once. */
export async function startAllInOne({ settings, pageFolder, clock, random, log }: AllInOneOptions): Promise<AllInOne> {
  const dataDir = resolve(settings.DATA_DIR)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = settings.PORT === 0 ? freePort(settings.HOST) : settings.PORT
  const url = publicUrlOf(settings, port)
  const origins = createOrigins([...ownOrigins(settings, port), ...settings.ALLOWED_ORIGINS])
  const proxies = settings.TRUST_PROXY ?? noTrustedProxies
  const database = await openDatabase<unknown>(settings.DATABASE_URL ?? `file:${join(dataDir, 'innkeeper.sqlite')}`, log)
  const redis = settings.REDIS_URL ? connectRedis({ url: settings.REDIS_URL, prefix: settings.REDIS_PREFIX, log }) : undefined

  await migrateIdentity(database.withTables())
  const revocations = await createRevocations({ redis, database, clock, random, log })
  const identity = await createSqlIdentity(database.withTables(), {
    keysDir: join(dataDir, 'keys'),
    settings: { issuer: url, audience: 'innkeeper', origins, proxies },
    clock,
    random,
    log,
    revocations,
  })
  const own = { issuer: identity.issuer, audience: identity.audience, keys: identity.keySource }
  const issuers = [own, ...remoteIssuers(settings, { clock, log })]
  const broadcast = createBroadcast()
  const { publish } = broadcast
  const game = await createGameServer({
    settings: { ...settings, DATA_DIR: dataDir },
    ...{ database, redis, revocations, issuers, origins, publish, clock, random, log },
    url: settings.NODE_URL ?? url,
  })

  const app = createHttpApp({ log, random, origins })
  const traffic = createTraffic(logAnswers(settings.LOG_LEVEL, log))
  const checks = { database: () => databaseAnswers(database), ...(redis ? { redis: () => redis.isUp() } : {}) }
  const state = { isDraining: false }
  addOperationRoutes(app, { checks, isDraining: () => state.isDraining }, createMetrics(game.rooms, traffic))
  app.route('/', identity.app)
  game.addRoutes(app)
  addApiDocs(app, url)
  addPage(app, pageFolder)
  const { gateway } = game.rooms
  const server = serve({ port, hostname: settings.HOST, app, gateway, broadcast, proxies, random, traffic })
  return {
    url,
    async stop() {
      state.isDraining = true
      await game.drain()
      await server.stop(true)
      identity.close()
      await revocations.close()
      await redis?.close()
      await database.close()
    },
  }
}

/** A port that is free now: the page, the tokens' issuer and the allowed origins must know it before the server does. */
function freePort(hostname: string): number {
  const probe = Bun.serve({ port: 0, hostname, fetch: () => new Response() })
  const { port = 0 } = probe
  void probe.stop(true)
  return port
}
