import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connectRedis } from '@innkeeper/coordination/redis-connection'
import { freePort, ownOrigins, publicUrlOf } from '@innkeeper/game-server/addresses'
import type { GameServerSettings } from '@innkeeper/game-server/config'
import { remoteIssuers } from '@innkeeper/game-server/issuers'
import { addPage } from '@innkeeper/game-server/page'
import { createRevocations } from '@innkeeper/game-server/revocations'
import { startGameServer } from '@innkeeper/game-server/start-game-server'
import { createRedisAttemptLimits } from '@innkeeper/identity/accounts/redis-attempt-limits'
import { createSqlIdentity, migrateIdentity } from '@innkeeper/identity/sql-identity'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { openDatabase } from '@innkeeper/storage/open-database'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createOrigins } from '@innkeeper/web-kit/origins'

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
export async function startAllInOne({ settings: given, pageFolder, clock, random, log }: AllInOneOptions): Promise<AllInOne> {
  const settings = { ...given, DATA_DIR: resolve(given.DATA_DIR) }
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 })
  const port = settings.PORT === 0 ? freePort(settings.HOST) : settings.PORT
  const url = publicUrlOf(settings, port)
  const origins = createOrigins([...ownOrigins(settings, port), ...settings.ALLOWED_ORIGINS])

  const databaseUrl = settings.DATABASE_URL ?? `file:${join(settings.DATA_DIR, 'innkeeper.sqlite')}`
  const database = await openDatabase<unknown>(databaseUrl, log)
  const redis = settings.REDIS_URL ? connectRedis({ url: settings.REDIS_URL, prefix: settings.REDIS_PREFIX, log }) : undefined
  const revocations = await createRevocations({ redis, database, clock, random, log })

  await migrateIdentity(database.withTables())
  const identity = await createSqlIdentity(database.withTables(), {
    keysDir: join(settings.DATA_DIR, 'keys'),
    settings: { issuer: url, audience: 'innkeeper', origins, proxies: settings.TRUST_PROXY ?? noTrustedProxies },
    ...(redis ? { limits: createRedisAttemptLimits(redis) } : {}),
    ...{ clock, random, log, revocations },
  })
  const ownIssuer = { issuer: identity.issuer, audience: identity.audience, keys: identity.keySource }

  const game = await startGameServer({
    port,
    url: settings.NODE_URL ?? url,
    issuers: [ownIssuer, ...remoteIssuers(settings, { clock, log })],
    mount: (app) => app.route('/', identity.app),
    mountLast: (app) => addPage(app, pageFolder),
    ...{ settings, database, redis, revocations, origins, clock, random, log },
  })
  return {
    url,
    async stop() {
      await game.stop()
      identity.close()
      await revocations.close()
      await redis?.close()
      await database.close()
    },
  }
}
