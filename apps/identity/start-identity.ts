import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectRedis, type RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { IdentityTables } from '@innkeeper/identity/migrations/identity-migrations'
import { identityManual } from '@innkeeper/identity/http/manual'
import { createSqlIdentity, loadIdentityRevocations, migrateIdentity } from '@innkeeper/identity/sql-identity'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { databaseAnswers, openDatabase, type Database } from '@innkeeper/storage/open-database'
import { memoryRevocations } from '@innkeeper/tokens/revocations/memory-revocations'
import { redisRevocations } from '@innkeeper/tokens/revocations/redis-revocations'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { createApiDocument } from '@innkeeper/web-kit/api-document'
import { addOperationRoutes } from '@innkeeper/web-kit/operations'
import { createOrigins } from '@innkeeper/web-kit/origins'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { operationsManual } from '@innkeeper/web-kit/operations-manual'
import { addProblemPages } from '@innkeeper/web-kit/problem-pages'
import { publicUrlOf } from '@innkeeper/web-kit/public-url'
import { createRedisLimiters } from '@innkeeper/web-kit/redis-limiters'
import type { IdentityAppSettings } from './config'
import { createMetrics } from './metrics'

/** What the process hands in. */
export interface IdentityEffects {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** The service, listening. */
export interface RunningIdentity {
  /** The address under which it is known: `iss` of its tokens. */
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/**
 * The identity service by itself. It holds the only private key; game-servers learn the public ones from
 * `/.well-known/jwks.json`. Several of them may share a database, a Redis and the folder of keys.
 */
export async function startIdentity(
  settings: IdentityAppSettings,
  effects: IdentityEffects,
): Promise<RunningIdentity> {
  const { log } = effects
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 })
  // The port first: with PORT=0 the address, and so the issuer, is known only then. Nobody is served before all is there.
  const server = Bun.serve({
    port: settings.PORT,
    hostname: settings.HOST,
    fetch: notYet,
    maxRequestBodySize: 1024 * 1024,
  })
  const port = server.port ?? settings.PORT
  const url = publicUrlOf(settings, port)
  const databaseUrl = settings.DATABASE_URL ?? `file:${join(settings.DATA_DIR, 'identity.sqlite')}`
  const database = await openDatabase<IdentityTables>(databaseUrl, log)
  await migrateIdentity(database)
  const redis = settings.REDIS_URL
    ? connectRedis({ url: settings.REDIS_URL, prefix: settings.REDIS_PREFIX, log })
    : undefined
  const revocations = await startRevocations(redis, database, effects)
  const identity = await createSqlIdentity(database, {
    ...effects,
    keysDir: join(settings.DATA_DIR, 'keys'),
    revocations,
    settings: {
      issuer: url,
      audience: settings.IDENTITY_AUDIENCE,
      origins: createOrigins([url, `http://localhost:${port}`, ...settings.ALLOWED_ORIGINS]),
      ...(settings.TRUST_PROXY && { proxies: settings.TRUST_PROXY }),
    },
    ...(redis && { createLimiter: createRedisLimiters(redis) }),
  })
  const metrics = createMetrics(identity.keyRing)
  const checks = {
    database: () => databaseAnswers(database.withTables()),
    ...(redis ? { redis: () => redis.isUp() } : {}),
  }
  addOperationRoutes(identity.app, { checks }, metrics.registry)
  addProblemPages(identity.app)
  identity.app.get('/openapi.json', (context) => context.json(describeApi(identity.app, url)))
  server.reload({
    fetch: async (request, listening) => metrics.counted(await identity.app.fetch(request, listening)),
  })
  return {
    url,
    port,
    async stop() {
      await server.stop()
      identity.close()
      await revocations.close()
      await redis?.close()
      await database.close()
    },
  }
}

function notYet(): Response {
  return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
}

function describeApi(app: HttpApp, url: string): object {
  const manuals = [identityManual, operationsManual]
  return createApiDocument(app, { url, title: 'Innkeeper identity', manuals })
}

async function startRevocations(
  redis: RedisConnection | undefined,
  database: Database<IdentityTables>,
  effects: IdentityEffects,
): Promise<Revocations> {
  const load = () => loadIdentityRevocations(database, effects)
  const revocations = redis ? redisRevocations(redis, effects) : memoryRevocations({ ...effects, load })
  await revocations.start()
  return revocations
}
