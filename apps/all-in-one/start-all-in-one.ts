import { join } from 'node:path'
import { createAccountSeats } from '@innkeeper/game-server/account-seats'
import type { GameServerSettings } from '@innkeeper/game-server/config'
import { addPage } from '@innkeeper/game-server/page'
import {
  startNode,
  type Companion,
  type NodeGround,
  type RunningNode,
} from '@innkeeper/game-server/start-node'
import { identityManual } from '@innkeeper/identity/http/manual'
import { createSqlIdentity, migrateIdentity } from '@innkeeper/identity/sql-identity'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createRedisLimiters } from '@innkeeper/web-kit/redis-limiters'

export interface AllInOneOptions {
  readonly settings: GameServerSettings
  /** The built page. */
  readonly pageFolder: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Everything in one process: a game-server, and beside it identity and the page. */
export function startAllInOne({ pageFolder, ...node }: AllInOneOptions): Promise<RunningNode> {
  return startNode({
    ...node,
    databaseFile: 'innkeeper.sqlite',
    openCompanion: (ground) => openIdentityAndPage(ground, pageFolder),
  })
}

async function openIdentityAndPage(ground: NodeGround, pageFolder: string): Promise<Companion> {
  const { settings, url, origins, database, redis } = ground
  await migrateIdentity(database.withTables())
  const identity = await createSqlIdentity(database.withTables(), {
    ...ground,
    keysDir: join(settings.DATA_DIR, 'keys'),
    settings: {
      issuer: url,
      audience: 'innkeeper',
      origins,
      proxies: settings.TRUST_PROXY ?? noTrustedProxies,
    },
    ...(redis ? { createLimiter: createRedisLimiters(redis) } : {}),
    seatsOf: createAccountSeats(database),
  })
  return {
    issuers: [{ issuer: identity.issuer, audience: identity.audience, keys: identity.keySource }],
    manual: identityManual,
    mount: (app) => app.route('/', identity.app),
    mountLast: (app) => addPage(app, pageFolder),
    close: () => identity.close(),
  }
}
