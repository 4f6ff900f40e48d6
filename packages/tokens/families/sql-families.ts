import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import type { Clock, Random } from '@innkeeper/protocol/tools'
import type { Database } from '@innkeeper/storage/open-database'
import { createRecentCache } from '../recent-cache'
import type {
  AuthEvent,
  Device,
  Families,
  Family,
  Realm,
  RevocationReason,
  RevokedFamily,
  SeenToken,
} from './families'
import type { FamilyRow, FamilyTables } from './families-migrations'
import {
  eventRow,
  parseEvent,
  parseFamily,
  parseIds,
  type FamilyLimits,
  type FamilySettings,
} from './sql-family-rows'
import { rotate } from './sql-rotation'

const days = 24 * 60 * 60 * 1000

/** Where sign-ins are kept, and the effects that keeping them needs. */
export interface SqlFamiliesOptions extends FamilyLimits {
  readonly realm: Realm
  readonly clock: Clock
  readonly random: Random
}

/**
 * Sign-ins on SQLite and PostgreSQL. Run `familiesMigrations` first.
 *
 * @param database  may be shared with other realms
 */
export function createSqlFamilies(database: Database<FamilyTables>, options: SqlFamiliesOptions): Families {
  const { db } = database
  const defaults = { idleMs: 30 * days, absoluteMs: 90 * days, graceMs: 10_000, maxReplays: 5 }
  const settings: FamilySettings = { ...defaults, ...options, db }
  const confirmed = createRecentCache<true>(20_000)
  const once = async (key: string, confirmNow: () => Promise<void>): Promise<void> => {
    if (confirmed.get(key)) return
    await confirmNow()
    confirmed.set(key, true)
  }

  return {
    start: ({ owner, device = {} }) => start(settings, owner, device),
    rotate: (sid, gen) => rotate(settings, sid, gen),

    confirm: (sid, gen) => once(`${sid}.${gen}`, () => confirm(settings, sid, gen)),
    confirmToken: (token) => once(token.jti, () => confirmToken(settings, token)),

    async revoke(sid, owner, reason) {
      const ended = await endFamilies(settings, reason, { owner, only: sid })
      return ended.length > 0
    },

    revokeAll: (owner, { keep, reason }) =>
      endFamilies(settings, reason, keep === undefined ? { owner } : { owner, keep }),

    list: (owner) => list(settings, owner),
    recentlyRevoked: (sinceMs) => recentlyRevoked(settings, sinceMs),
    events: (owner) => events(settings, owner),
    forgetDevices: (owner) => forgetDevices(settings, owner),
    purge: (beforeMs) => purge(settings, beforeMs),
  }
}

async function confirm({ db, realm }: FamilySettings, sid: SignInId, gen: number): Promise<void> {
  await db
    .updateTable('token_family')
    .set({ confirmed_gen: gen })
    .where('id', '=', sid)
    .where('realm', '=', realm)
    .where('confirmed_gen', '<', gen)
    .where('gen', '>=', gen)
    .where('revoked_at', 'is', null)
    .execute()
}

async function confirmToken({ db, realm }: FamilySettings, { sid, iat }: SeenToken): Promise<void> {
  await db
    .updateTable('token_family')
    .set((row) => ({ confirmed_gen: row.ref('gen') }))
    .where('id', '=', sid)
    .where('realm', '=', realm)
    .whereRef('confirmed_gen', '<', 'gen')
    // `iat` is in whole seconds: a token of the second in which the rotation was is taken for its own.
    .where('rotated_at', '<', (iat + 1) * 1000)
    .where('revoked_at', 'is', null)
    .execute()
}

async function list({ db, realm, clock }: FamilySettings, owner: PlayerUuid): Promise<readonly Family[]> {
  const now = clock()
  const rows = await db
    .selectFrom('token_family')
    .selectAll()
    .where('realm', '=', realm)
    .where('owner', '=', owner)
    .where('revoked_at', 'is', null)
    .where('absolute_expires_at', '>', now)
    .where('idle_expires_at', '>', now)
    .orderBy('rotated_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(parseFamily)
}

async function recentlyRevoked(
  { db, realm }: FamilySettings,
  sinceMs: number,
): Promise<readonly RevokedFamily[]> {
  const rows = await db
    .selectFrom('token_family')
    .select(['id', 'owner', 'revoked_at'])
    .where('realm', '=', realm)
    .where('revoked_at', '>=', sinceMs)
    .execute()
  return rows.map((row) => ({ ...parseIds(row), revokedAtMs: row.revoked_at ?? sinceMs }))
}

async function events({ db, realm }: FamilySettings, owner: PlayerUuid): Promise<readonly AuthEvent[]> {
  const rows = await db
    .selectFrom('auth_event')
    .select(['at', 'sid', 'kind', 'detail'])
    .where('realm', '=', realm)
    .where('owner', '=', owner)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(parseEvent)
}

async function forgetDevices({ db, realm }: FamilySettings, owner: PlayerUuid): Promise<void> {
  await db
    .updateTable('token_family')
    .set({ device_name: null, user_agent: null, ip_prefix: null })
    .where('realm', '=', realm)
    .where('owner', '=', owner)
    .execute()
}

async function start(settings: FamilySettings, owner: PlayerUuid, device: Device): Promise<Family> {
  const { db, realm, clock, random, idleMs, absoluteMs } = settings
  const now = clock()
  const row: FamilyRow = {
    id: random.uuid(),
    realm,
    owner,
    gen: 0,
    confirmed_gen: 0,
    rotated_at: now,
    reuse_count: 0,
    created_at: now,
    absolute_expires_at: now + absoluteMs,
    idle_expires_at: now + idleMs,
    revoked_at: null,
    revoked_reason: null,
    last_outcome: null,
    device_name: device.name?.slice(0, 100) ?? null,
    user_agent: device.userAgent?.slice(0, 300) ?? null,
    ip_prefix: device.ipPrefix?.slice(0, 60) ?? null,
  }
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('token_family').values(row).execute()
    await trx
      .insertInto('auth_event')
      .values(eventRow(settings, row, { kind: 'signed-in', detail: '' }))
      .execute()
  })
  return parseFamily(row)
}

interface Which {
  readonly owner: PlayerUuid
  readonly only?: SignInId
  readonly keep?: SignInId
}

async function endFamilies(
  settings: FamilySettings,
  reason: RevocationReason,
  { owner, only, keep }: Which,
): Promise<readonly SignInId[]> {
  const { db, realm, clock } = settings
  return await db.transaction().execute(async (trx) => {
    let update = trx
      .updateTable('token_family')
      .set({ revoked_at: clock(), revoked_reason: reason })
      .where('realm', '=', realm)
      .where('owner', '=', owner)
      .where('revoked_at', 'is', null)
    if (only !== undefined) update = update.where('id', '=', only)
    if (keep !== undefined) update = update.where('id', '<>', keep)
    const ended = await update.returning(['id', 'owner']).execute()
    const events = ended.map((row) => eventRow(settings, row, { kind: 'ended', detail: reason }))
    if (events.length > 0) await trx.insertInto('auth_event').values(events).execute()
    return ended.map((row) => parseIds(row).sid)
  })
}

async function purge({ db, realm }: FamilySettings, beforeMs: number): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('token_family')
      .where('realm', '=', realm)
      .where((row) =>
        row.or([
          row('revoked_at', '<', beforeMs),
          row('absolute_expires_at', '<', beforeMs),
          row('idle_expires_at', '<', beforeMs),
        ]),
      )
      .executeTakeFirst()
    await trx
      .deleteFrom('auth_event')
      .where('realm', '=', realm)
      .where('at', '<', beforeMs)
      .where('sid', 'not in', trx.selectFrom('token_family').select('id').where('realm', '=', realm))
      .execute()
    return Number(numDeletedRows)
  })
}
