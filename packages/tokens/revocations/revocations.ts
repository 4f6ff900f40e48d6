import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'

/**
 * What ended: one sign-in, everything that a player was issued up to a moment, or a key of an issuer, after which its
 * key set has to be read anew. Times in epoch milliseconds.
 */
export type Revocation =
  | { readonly kind: 'sign-in'; readonly sid: SignInId; readonly untilMs: number }
  | {
      readonly kind: 'player'
      readonly uuid: PlayerUuid
      readonly beforeMs: number
      readonly untilMs: number
    }
  | { readonly kind: 'keys'; readonly issuer: string; readonly untilMs: number }

/** What a token says about itself. `iat` is in seconds, as in the token; a guest's ticket has no `sid`. */
export interface RevocableToken {
  readonly sid?: SignInId
  readonly uuid: PlayerUuid
  readonly iat: number
}

/**
 * Tokens that are genuine and in time, and still no longer good. Kept in memory, so that asking costs a look-up, on
 * every node, for as long as such a token may live.
 */
export interface Revocations {
  /**
   * Tokens carry whole seconds, so one issued in the same second as a player's revocation counts as older: the
   * mistake that is left asks somebody to sign in again, the other one would let them stay.
   */
  isRevoked(token: RevocableToken): boolean
  /**
   * Ends a sign-in. Counts here at once; on the other nodes within a moment, or at their next resync.
   *
   * @param untilMs  when the last token of that sign-in has expired by itself
   */
  revokeSignIn(sid: SignInId, untilMs: number): Promise<void>
  /** Ends everything that a player was issued up to `beforeMs`. */
  revokePlayer(uuid: PlayerUuid, beforeMs: number): Promise<void>
  /** Says that a key has left the issuer's set before its time: every verifier forgets the keys it has read. */
  announceLostKey(issuer: string): Promise<void>
  /** `listener` hears of every revocation once, wherever it was made. @returns how to stop that */
  onRevoked(listener: (revocation: Revocation) => void): () => void
  /**
   * Learns what is revoked already. Ask for nothing before this is done.
   *
   * @throws Error when it cannot be learned; start again later
   */
  start(): Promise<void>
  close(): Promise<void>
}

/** How long a revocation is kept: a minute more than the longest-lived token that it must outlast. */
export const defaultKeepMs = 31 * 60 * 1000
