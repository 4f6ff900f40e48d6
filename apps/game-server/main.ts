import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { connectRedis } from '@innkeeper/coordination/redis-connection'
import { startProcess, type ProcessEffects } from '@innkeeper/process-kit/start-process'
import { openDatabase } from '@innkeeper/storage/open-database'
import { createOrigins } from '@innkeeper/web-kit/origins'
import { freePort, ownOrigins, publicUrlOf } from './addresses'
import { environment, readGameServerSettings, type GameServerSettings } from './config'
import { remoteIssuers } from './issuers'
import { createRevocations } from './revocations'
import { startGameServer } from './start-game-server'

await startProcess({
  name: 'game-server',
  readSettings: () => readGameServerSettings(environment),
  start,
  welcome: ({ url }) => `\n  Rooms and tables at ${url}\n  API: ${url}/docs   Stop: Ctrl+C\n`,
})

/** A game-server by itself: who players are is told by the issuers of IDENTITY_ISSUERS. */
async function start(given: GameServerSettings, effects: ProcessEffects) {
  const settings = { ...given, DATA_DIR: resolve(given.DATA_DIR) }
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 })
  const port = settings.PORT === 0 ? freePort(settings.HOST) : settings.PORT
  const url = settings.NODE_URL ?? publicUrlOf(settings, port)
  const origins = createOrigins([...ownOrigins(settings, port), ...settings.ALLOWED_ORIGINS])
  const databaseUrl = settings.DATABASE_URL ?? `file:${join(settings.DATA_DIR, 'game-server.sqlite')}`
  const database = await openDatabase<unknown>(databaseUrl, effects.log)
  const redis = settings.REDIS_URL
    ? connectRedis({ url: settings.REDIS_URL, prefix: settings.REDIS_PREFIX, log: effects.log })
    : undefined
  const revocations = await createRevocations({ redis, database, ...effects })
  const issuers = remoteIssuers(settings, effects)
  const server = await startGameServer({ settings, port, url, database, redis, revocations, issuers, origins, ...effects })
  return {
    url,
    async stop() {
      await server.stop()
      await revocations.close()
      await redis?.close()
      await database.close()
    },
  }
}
