import { sql, type RawBuilder } from 'kysely'
import type { SignInId } from '@innkeeper/protocol/ids'
import type { Rotation } from './families'
import { eventRow, parseIds, type FamilySettings } from './sql-family-rows'

interface Decided {
  readonly last_outcome: string | null
  readonly gen: number
  readonly rotated_at: number
  readonly absolute_expires_at: number
  readonly idle_expires_at: number
  readonly owner: string
}

/** Presents a refresh token: see `Families.rotate`. */
export async function rotate(settings: FamilySettings, sid: SignInId, gen: number): Promise<Rotation> {
  const now = settings.clock()
  const { rows } = await rotation(settings, { sid, gen, now }).execute(settings.db)
  const [row] = rows
  if (row === undefined) return { kind: await whyNot(settings, { sid, gen, now }) }
  const ids = parseIds({ id: sid, owner: row.owner })
  if (row.last_outcome === 'reuse') {
    const event = eventRow(
      settings,
      { id: sid, owner: row.owner },
      { kind: 'ended', detail: 'refresh-reuse' },
    )
    await settings.db.insertInto('auth_event').values(event).execute()
    return { kind: 'reused', ...ids }
  }
  return {
    kind: row.last_outcome === 'rotated' ? 'rotated' : 'replayed',
    ...ids,
    gen: row.gen,
    rotatedAtMs: row.rotated_at,
    expiresAtMs: Math.min(row.idle_expires_at, row.absolute_expires_at),
  }
}

interface Presented {
  readonly sid: SignInId
  readonly gen: number
  readonly now: number
}

/**
 * The one statement that decides. Every right-hand side sees the old row. PostgreSQL looks at WHERE and CASE again
 * after it waited for the row, and SQLite has one writer, so nothing fits between the check and the change.
 */
function rotation(settings: FamilySettings, { sid, gen, now }: Presented): RawBuilder<Decided> {
  const { realm, idleMs, graceMs, maxReplays } = settings
  const token = sql`cast(${gen} as integer)`
  const at = time(now)
  const isNewest = sql`gen = ${token}`
  // The predecessor: inside the grace, or while nobody has shown the successor and it did not come too often.
  const isLostAnswer = sql`(gen = ${token} + 1 and (rotated_at > ${time(now - graceMs)}
    or (confirmed_gen < gen and reuse_count < cast(${maxReplays} as integer))))`
  return sql<Decided>`
    update token_family set
      last_outcome = case when ${isNewest} then 'rotated' when ${isLostAnswer} then 'replayed' else 'reuse' end,
      revoked_at = case when ${isNewest} or ${isLostAnswer} then null else ${at} end,
      revoked_reason = case when ${isNewest} or ${isLostAnswer} then null else 'refresh-reuse' end,
      rotated_at = case when ${isNewest} then ${at} else rotated_at end,
      idle_expires_at = case when ${isNewest} then ${time(now + idleMs)} else idle_expires_at end,
      confirmed_gen = case when ${isNewest} then gen else confirmed_gen end,
      reuse_count = case when ${isNewest} then 0 else reuse_count + 1 end,
      gen = case when ${isNewest} then gen + 1 else gen end
    where id = ${sid} and realm = ${realm} and revoked_at is null
      and absolute_expires_at > ${at} and idle_expires_at > ${at} and gen >= ${token}
    returning last_outcome, gen, rotated_at, absolute_expires_at, idle_expires_at, owner`
}

// PostgreSQL would take a bare parameter in a CASE beside NULL for text.
function time(ms: number): RawBuilder<number> {
  return sql<number>`cast(${ms} as double precision)`
}

async function whyNot(
  { db, realm }: FamilySettings,
  { sid, now }: Presented,
): Promise<'unknown' | 'revoked' | 'expired' | 'ahead'> {
  const row = await db
    .selectFrom('token_family')
    .select(['revoked_at', 'absolute_expires_at', 'idle_expires_at'])
    .where('id', '=', sid)
    .where('realm', '=', realm)
    .executeTakeFirst()
  if (row === undefined) return 'unknown'
  if (row.revoked_at !== null) return 'revoked'
  return row.absolute_expires_at <= now || row.idle_expires_at <= now ? 'expired' : 'ahead'
}
