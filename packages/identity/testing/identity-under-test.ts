import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '@innkeeper/protocol/tools'
import { silentLog } from '@innkeeper/protocol/tools'
import { openDatabase } from '@innkeeper/storage/open-database'
import { memoryRevocations } from '@innkeeper/tokens/revocations/memory-revocations'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { createOrigins } from '@innkeeper/web-kit/origins'
import { createPasswordHasher, type HashCost } from '../accounts/password-hasher'
import type { Identity } from '../create-identity'
import type { IdentityTables } from '../migrations/identity-migrations'
import { createSqlIdentity, loadIdentityRevocations, migrateIdentity } from '../sql-identity'

/** The operating system's randomness, as an app hands it in. */
export const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
  below: (bound) => Math.floor(Math.random() * bound),
}

/** One database, as tests ask for it. */
export interface FreshUrl {
  readonly url: string
  drop(): Promise<void>
}

/** A service on a clock that stands still until told, with a directory and a database of its own. */
export interface IdentityUnderTest {
  readonly identity: Identity
  readonly revocations: Revocations
  readonly time: { now: number }
  readonly keysDir: string
  /** The same data in a second process: what survives a restart. */
  restart(): Promise<Pick<IdentityUnderTest, 'identity' | 'revocations'>>
  close(): Promise<void>
}

/** The issuer of every token in these tests. */
export const issuer = 'https://id.example'

/** The one page that may call. */
export const pageOrigin = 'https://play.example'

/** Still argon2id, and quick: for tests that are not about what a hash costs. */
const quickHash: HashCost = { memoryKiB: 64, passes: 1 }

/** Builds the service as an app does. */
export async function startIdentity(fresh: FreshUrl, hashCost = quickHash): Promise<IdentityUnderTest> {
  const time = { now: 1_795_000_000_500 }
  const clock = (): number => time.now
  const keysDir = await mkdtemp(join(tmpdir(), 'innkeeper-identity-'))
  const database = await openDatabase<IdentityTables>(fresh.url, silentLog)
  await migrateIdentity(database)
  const hasher = createPasswordHasher('nobody', hashCost)
  const started: Identity[] = []
  const start = async (): Promise<Pick<IdentityUnderTest, 'identity' | 'revocations'>> => {
    const effects = { clock, random: systemRandom, log: silentLog }
    const revocations = memoryRevocations({
      ...effects,
      load: () => loadIdentityRevocations(database, effects),
    })
    await revocations.start()
    const settings = { issuer, audience: 'game-server', origins: createOrigins([pageOrigin]) }
    const identity = await createSqlIdentity(database, { ...effects, keysDir, settings, revocations, hasher })
    started.push(identity)
    return { identity, revocations }
  }
  const close = async (): Promise<void> => {
    for (const identity of started) identity.close()
    await database.close()
    await fresh.drop()
    await rm(keysDir, { recursive: true })
  }
  return { ...(await start()), time, keysDir, restart: start, close }
}
