import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectRedis, type RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { Connection } from '@innkeeper/rooms/gateway/connection'
import { databaseAnswers, openDatabase, type Database } from '@innkeeper/storage/open-database'
import type { TrustedIssuer } from '@innkeeper/tokens/identity-tokens'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { ApiManual } from '@innkeeper/web-kit/api-document'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createHttpApp, type HttpApp } from '@innkeeper/web-kit/http-app'
import { addOperationRoutes } from '@innkeeper/web-kit/operations'
import { createOrigins, type Origins } from '@innkeeper/web-kit/origins'
import { publicUrlOf } from '@innkeeper/web-kit/public-url'
import type { Server } from 'bun'
import { ownOrigins } from './addresses'
import { addApiDocs } from './api-docs'
import type { GameServerSettings } from './config'
import { createGameServer } from './create-game-server'
import { remoteIssuers } from './issuers'
import { createMetrics } from './metrics'
import { createRevocations } from './revocations'
import { listen, serve } from './serve'
import { createTraffic, logAnswers } from './traffic'

export interface NodeOptions {
  readonly settings: GameServerSettings
  /** Its name in DATA_DIR, where DATABASE_URL names no other. */
  readonly databaseFile: string
  /** Opens whatever shares the process with the rooms; they are opened after it. */
  readonly openCompanion?: (ground: NodeGround) => Promise<Companion>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What everything in the process stands on. */
export interface NodeGround extends Pick<NodeOptions, 'settings' | 'clock' | 'random' | 'log'> {
  /** Where a browser on this machine reaches it, or everyone by PUBLIC_URL. */
  readonly url: string
  readonly origins: Origins
  readonly database: Database<unknown>
  readonly redis: RedisConnection | undefined
  readonly revocations: Revocations
}

/** Something that shares the process with the rooms. */
export interface Companion {
  /** Whose identity tokens the rooms take, beside those of IDENTITY_ISSUERS. */
  readonly issuers: readonly TrustedIssuer[]
  /** What its routes are about. */
  readonly manual: ApiManual
  /** Its routes; they come before the API's own documents. */
  mount(app: HttpApp): void
  /** The last routes: a page, which answers every address that is left. */
  mountLast(app: HttpApp): void
  close(): void
}

/** A server that takes players. */
export interface RunningNode {
  readonly url: string
  readonly port: number
  /** Sends everyone home in order, and closes everything. */
  stop(): Promise<void>
}

/**
 * The one order in which a server starts: the port, what everything stands on, the companion, rooms and tables, and
 * then the doors. Nobody is served before all is there.
 *
 * @throws an error with the code `EADDRINUSE`, or whatever a database or the keys refuse with
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const server = listen(options.settings)
  try {
    return await openNode(server, options)
  } catch (error) {
    await server.stop(true)
    throw error
  }
}

async function openNode(server: Server<Connection>, options: NodeOptions): Promise<RunningNode> {
  const { settings, clock, log } = options
  const port = server.port ?? settings.PORT
  const ground = await openGround(options, port)
  const companion = await options.openCompanion?.(ground)
  const game = await createGameServer({
    ...ground,
    url: settings.NODE_URL ?? ground.url,
    issuers: [...(companion?.issuers ?? []), ...remoteIssuers(settings, { clock, log })],
    publish: (topic, text) => void server.publish(topic, text),
  })
  const state = { isDraining: false }
  const traffic = createTraffic(logAnswers(settings.LOG_LEVEL, log))
  const app = createHttpApp(ground)
  const readiness = { checks: checksOf(ground), isDraining: () => state.isDraining }
  addOperationRoutes(app, readiness, createMetrics(game.rooms, traffic))
  companion?.mount(app)
  game.addRoutes(app)
  addApiDocs(app, { url: settings.NODE_URL ?? ground.url, manuals: companion ? [companion.manual] : [] })
  companion?.mountLast(app)
  const proxies = settings.TRUST_PROXY ?? noTrustedProxies
  serve(server, { app, gateway: game.rooms.gateway, proxies, random: options.random, log, traffic })
  return {
    url: ground.url,
    port,
    async stop() {
      state.isDraining = true
      await game.drain()
      await server.stop(true)
      companion?.close()
      await closeGround(ground)
    },
  }
}

async function openGround(options: NodeOptions, port: number): Promise<NodeGround> {
  const { settings, databaseFile, clock, random, log } = options
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 })
  const url = publicUrlOf(settings, port)
  const origins = createOrigins([...ownOrigins(settings, port), ...settings.ALLOWED_ORIGINS])
  const databaseUrl = settings.DATABASE_URL ?? `file:${join(settings.DATA_DIR, databaseFile)}`
  const database = await openDatabase<unknown>(databaseUrl, log)
  const { REDIS_URL, REDIS_PREFIX: prefix } = settings
  const redis = REDIS_URL ? connectRedis({ url: REDIS_URL, prefix, log }) : undefined
  const revocations = await createRevocations({ redis, database, clock, random, log })
  return { settings, url, origins, database, redis, revocations, clock, random, log }
}

async function closeGround({ revocations, redis, database }: NodeGround): Promise<void> {
  await revocations.close()
  await redis?.close()
  await database.close()
}

function checksOf({ database, redis }: NodeGround): Readonly<Record<string, () => Promise<boolean>>> {
  const databaseCheck = { database: () => databaseAnswers(database) }
  return redis ? { ...databaseCheck, redis: () => redis.isUp() } : databaseCheck
}
