import type { Clock, Random } from '@innkeeper/protocol/tools'
import { migrate } from '@innkeeper/storage/migrations'
import type { Database } from '@innkeeper/storage/open-database'
import { familiesMigrations } from '@innkeeper/tokens/families/families-migrations'
import { createSqlFamilies } from '@innkeeper/tokens/families/sql-families'
import { defaultKeepMs, type Revocation } from '@innkeeper/tokens/revocations/revocations'
import { createSqlAccounts } from './accounts/sql-accounts'
import { createIdentity, type Identity, type IdentityOptions, type IdentityStores } from './create-identity'
import { identityMigrations, type IdentityTables } from './migrations/identity-migrations'

/** Brings the tables of accounts and sign-ins to their newest shape. */
export async function migrateIdentity(database: Database<IdentityTables>): Promise<void> {
  await migrate(database, 'families', familiesMigrations)
  await migrate(database, 'identity', identityMigrations)
}

/**
 * The identity service on SQLite or PostgreSQL. Run `migrateIdentity` first.
 *
 * @throws Error when the keys cannot be read or written
 */
export function createSqlIdentity(
  database: Database<IdentityTables>,
  options: IdentityOptions,
): Promise<Identity> {
  return createIdentity({ ...options, ...storesOf(database, options) })
}

/**
 * What must still count as revoked after a restart, for `memoryRevocations({load})`: every sign-in that ended so
 * lately that a token of it may be alive. Accounts that were deleted are among them, by their sign-ins.
 */
export async function loadIdentityRevocations(
  database: Database<IdentityTables>,
  effects: { readonly clock: Clock; readonly random: Random },
): Promise<readonly Revocation[]> {
  const { families } = storesOf(database, effects)
  const ended = await families.recentlyRevoked(effects.clock() - defaultKeepMs)
  return ended.map(({ sid, revokedAtMs }) => ({ kind: 'sign-in', sid, untilMs: revokedAtMs + defaultKeepMs }))
}

function storesOf(
  database: Database<IdentityTables>,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): IdentityStores {
  const accounts = createSqlAccounts(database, { clock, random })
  const families = createSqlFamilies(database.withTables(), { realm: 'identity', clock, random })
  return { accounts, families }
}
