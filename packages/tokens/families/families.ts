import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'

/** Whose sign-ins these are: of accounts, or of seats at a table. One realm never sees the other's. */
export type Realm = 'identity' | 'session'

/** What a sign-in remembers of where it was made, for its owner to recognise. Nothing here identifies a person. */
export interface Device {
  /** As the client names itself, at most 100 characters. */
  readonly name?: string
  /** The `User-Agent` header, at most 300 characters. */
  readonly userAgent?: string
  /** An address made coarse, such as `203.0.113.0/24`. */
  readonly ipPrefix?: string
}

/** One sign-in, which is one family of tokens. Times in epoch milliseconds. */
export interface Family {
  readonly sid: SignInId
  readonly owner: PlayerUuid
  /** The generation of the newest refresh token, from 0. */
  readonly gen: number
  readonly createdAtMs: number
  /** When the newest refresh token was issued. */
  readonly rotatedAtMs: number
  /** When the newest refresh token ends: unused for `idleMs`, or the family's own end. */
  readonly expiresAtMs: number
  /** The family's own end; no rotation moves it. */
  readonly absoluteExpiresAtMs: number
  readonly device: Device
}

/** The generation to issue tokens for. The same generation always means the same refresh token. */
export interface Issuable {
  readonly sid: SignInId
  readonly owner: PlayerUuid
  readonly gen: number
  readonly rotatedAtMs: number
  readonly expiresAtMs: number
}

/**
 * What became of a refresh token that was presented.
 * `rotated`: it was the newest, and there is a newer one now. `replayed`: it came again while its successor may have
 * been lost, and gets that same successor. `reused`: it is too old to be honest, and the family has ended.
 * `ahead`: genuine, yet newer than the database knows, as after restoring a backup; nothing was changed.
 */
export type Rotation =
  | ({ readonly kind: 'rotated' | 'replayed' } & Issuable)
  | { readonly kind: 'reused'; readonly sid: SignInId; readonly owner: PlayerUuid }
  | { readonly kind: 'revoked' | 'expired' | 'ahead' | 'unknown' }

/** Why a sign-in ended; kept with it. */
export type RevocationReason =
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'removed-by-owner'
  | 'password-changed'
  | 'account-deleted'
  | 'refresh-reuse'
  | 'seat-recovered'
  | 'seat-claimed'
  | 'seat-left'
  | 'kicked'
  | 'banned'
  | 'table-closed'

/** A sign-in that ended lately, and whose tokens may still be around. */
export interface RevokedFamily {
  readonly sid: SignInId
  readonly owner: PlayerUuid
  readonly revokedAtMs: number
}

/** Something that happened to a sign-in, as its owner may read it. */
export interface AuthEvent {
  readonly at: number
  readonly sid: SignInId
  readonly kind: 'signed-in' | 'ended'
  readonly detail: string
}

/** A genuine token that a client came with. `iat` in seconds, as in the token. */
export interface SeenToken {
  readonly sid: SignInId
  readonly iat: number
  readonly jti: string
}

/** Sign-ins and the rotation of their refresh tokens, for one realm. */
export interface Families {
  start(sign: { readonly owner: PlayerUuid; readonly device?: Device }): Promise<Family>
  /** Presents the refresh token of generation `gen`. One statement decides, so parallel calls cannot disagree. */
  rotate(sid: SignInId, gen: number): Promise<Rotation>
  /** The client was seen with a token of `gen`, so its predecessor has no more business. Cheap when repeated. */
  confirm(sid: SignInId, gen: number): Promise<void>
  /**
   * The same for tokens that carry no generation. A token issued before the newest rotation proves nothing and changes
   * nothing.
   */
  confirmToken(token: SeenToken): Promise<void>
  /** @returns false when there is no such living sign-in of this owner */
  revoke(sid: SignInId, owner: PlayerUuid, reason: RevocationReason): Promise<boolean>
  /** Ends all of an owner's sign-ins but `keep`. @returns which ended now */
  revokeAll(
    owner: PlayerUuid,
    options: { readonly keep?: SignInId; readonly reason: RevocationReason },
  ): Promise<readonly SignInId[]>
  /** The living sign-ins, newest use first. */
  list(owner: PlayerUuid): Promise<readonly Family[]>
  /** Those that ended at `sinceMs` or later: what a process must know when it starts. */
  recentlyRevoked(sinceMs: number): Promise<readonly RevokedFamily[]>
  /** An owner's history, oldest first. */
  events(owner: PlayerUuid): Promise<readonly AuthEvent[]>
  /** Erases where an owner's sign-ins were made. What ended, and when, stays until `purge`. */
  forgetDevices(owner: PlayerUuid): Promise<void>
  /** Drops sign-ins that ended or lapsed before `beforeMs`, and their history. @returns how many */
  purge(beforeMs: number): Promise<number>
}
