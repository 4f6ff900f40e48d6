import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import type { Clock, Random } from '@innkeeper/protocol/tools'
import type { Database } from '@innkeeper/storage/open-database'
import type { AuthEvent, Family, Realm, RevocationReason } from './families'
import type { FamilyRow, FamilyTables } from './families-migrations'

/** How long sign-ins last and how patient rotation is. */
export interface FamilyLimits {
  /** A sign-in that is not used for this long ends; 30 days. */
  readonly idleMs?: number
  /** It ends after this long in any case; 90 days. */
  readonly absoluteMs?: number
  /** The predecessor of the newest refresh token is welcome for this long; 10 s. */
  readonly graceMs?: number
  /** After that, how often it may come back as long as its successor was never seen; 5. */
  readonly maxReplays?: number
}

/** What every query here needs. */
export interface FamilySettings extends Required<FamilyLimits> {
  readonly realm: Realm
  readonly clock: Clock
  readonly random: Random
  readonly db: Database<FamilyTables>['db']
}

/** A line of the history. */
export function eventRow(
  { realm, clock, random }: FamilySettings,
  { id, owner }: Pick<FamilyRow, 'id' | 'owner'>,
  event: { readonly kind: AuthEvent['kind']; readonly detail: RevocationReason | '' },
): FamilyTables['auth_event'] {
  return { id: random.uuid(), realm, at: clock(), owner, sid: id, ...event }
}

/** A row as the port shows it. */
export function parseFamily(row: FamilyRow): Family {
  return {
    ...parseIds(row),
    gen: row.gen,
    createdAtMs: row.created_at,
    rotatedAtMs: row.rotated_at,
    expiresAtMs: Math.min(row.idle_expires_at, row.absolute_expires_at),
    absoluteExpiresAtMs: row.absolute_expires_at,
    device: {
      ...(row.device_name === null ? {} : { name: row.device_name }),
      ...(row.user_agent === null ? {} : { userAgent: row.user_agent }),
      ...(row.ip_prefix === null ? {} : { ipPrefix: row.ip_prefix }),
    },
  }
}

/** Ids get their brand where they leave the database. */
export function parseIds(row: Pick<FamilyRow, 'id' | 'owner'>): {
  readonly sid: SignInId
  readonly owner: PlayerUuid
} {
  return { sid: row.id as SignInId, owner: row.owner as PlayerUuid }
}

/** A line of the history as its owner reads it. */
export function parseEvent(
  row: Pick<FamilyTables['auth_event'], 'at' | 'sid' | 'kind' | 'detail'>,
): AuthEvent {
  return { at: row.at, sid: row.sid as SignInId, kind: row.kind as AuthEvent['kind'], detail: row.detail }
}
