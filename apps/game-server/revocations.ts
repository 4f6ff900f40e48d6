import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { migrate } from '@innkeeper/storage/migrations'
import type { Database } from '@innkeeper/storage/open-database'
import { familiesMigrations } from '@innkeeper/tokens/families/families-migrations'
import { createSqlFamilies } from '@innkeeper/tokens/families/sql-families'
import { memoryRevocations } from '@innkeeper/tokens/revocations/memory-revocations'
import { redisRevocations } from '@innkeeper/tokens/revocations/redis-revocations'
import { defaultKeepMs, type Revocation, type Revocations } from '@innkeeper/tokens/revocations/revocations'

export interface RevocationSources {
  readonly redis: RedisConnection | undefined
  readonly database: Database<unknown>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What has been revoked: shared through Redis, or on a single node read back from the sign-ins after a restart. */
export async function createRevocations(sources: RevocationSources): Promise<Revocations> {
  const { redis, database, clock, log } = sources
  await migrate(database, 'families', familiesMigrations)
  const revocations = redis
    ? redisRevocations(redis, { clock, log })
    : memoryRevocations({ clock, log, load: () => recentlyEnded(sources) })
  await revocations.start()
  return revocations
}

async function recentlyEnded({ database, clock, random }: RevocationSources): Promise<readonly Revocation[]> {
  const realms = ['identity', 'session'] as const
  const ended = await Promise.all(
    realms.map((realm) =>
      createSqlFamilies(database.withTables(), { realm, clock, random }).recentlyRevoked(
        clock() - defaultKeepMs,
      ),
    ),
  )
  return ended
    .flat()
    .map(({ sid, revokedAtMs }) => ({ kind: 'sign-in', sid, untilMs: revokedAtMs + defaultKeepMs }))
}
