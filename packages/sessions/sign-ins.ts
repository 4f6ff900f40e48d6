import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Log } from '@innkeeper/protocol/tools'
import type {
  Device,
  Families,
  Family,
  Issuable,
  RevocationReason,
} from '@innkeeper/tokens/families/families'
import { rotateOrRefuse } from '@innkeeper/tokens/families/rotate-or-refuse'
import { defaultKeepMs, type Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { AccessClaims, SessionTokens } from '@innkeeper/tokens/session-tokens'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'

/** What a seat calls us with. `expiresIn` is the access token's, in seconds. */
export interface SeatTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresIn: number
}

/** A sign-in that has just begun. `endsAt`: when it is over however much it is used, in epoch ms. */
export interface StartedSignIn {
  readonly signIn: SignInId
  readonly endsAt: number
  readonly tokens: SeatTokens
}

/** Sign-ins of seats: their tokens, their rotation, and their end on every node. */
export interface SignIns {
  start(uuid: PlayerUuid, device: Device): Promise<StartedSignIn>
  /**
   * Trades a refresh token for the next pair; the same one again, while its answer may have been lost, for the same.
   *
   * @throws AppError `invalid-grant` | `refresh-reused` | `session-revoked` | `session-expired` | `too-many`
   */
  refresh(refreshToken: string): Promise<SeatTokens>
  /**
   * Checks an access token on every request: its signature, its times, and that its sign-in has not ended.
   *
   * @throws AppError `token-invalid`
   */
  check(accessToken: string): Promise<AccessClaims>
  /** @returns whether this sign-in may still open sockets, however long ago it ended */
  isAlive(uuid: PlayerUuid, signIn: SignInId): Promise<boolean>
  /** A seat's living sign-ins, newest use first. */
  list(uuid: PlayerUuid): Promise<readonly Family[]>
  /**
   * Ends one sign-in: its tokens and its sockets, here and on the other nodes.
   *
   * @returns whether the seat had it
   */
  end(uuid: PlayerUuid, signIn: SignInId, reason: RevocationReason): Promise<boolean>
  /** Ends all of a seat's sign-ins, or all but one. */
  endAll(uuid: PlayerUuid, ending: Ending): Promise<void>
}

/** Why sign-ins end, and which one stays. */
export interface Ending {
  readonly reason: RevocationReason
  readonly keep?: SignInId
}

/** What sign-ins of seats stand on. */
export interface SignInsOptions {
  readonly families: Families
  readonly tokens: SessionTokens
  readonly revocations: Revocations
  readonly clock: Clock
  readonly log: Log
  /** How long an access token lives: a revocation must outlast it. */
  readonly accessSeconds: number
  readonly refreshLimit: AttemptLimit
}

/** Sign-ins on the token families of realm `session`. */
export function createSignIns(options: SignInsOptions): SignIns {
  const { families, tokens, revocations } = options
  return {
    async start(uuid, device) {
      const family = await families.start({ owner: uuid, device })
      return { signIn: family.sid, endsAt: family.absoluteExpiresAtMs, tokens: issue(tokens, family) }
    },
    refresh: (refreshToken) => refresh(options, refreshToken),
    async check(accessToken) {
      const claims = tokens.verifyAccess(accessToken)
      const { sub: uuid, sid, gen, iat } = claims
      if (revocations.isRevoked({ sid, uuid, iat })) throw new AppError('token-invalid')
      await families.confirm(sid, gen)
      return claims
    },
    async isAlive(uuid, signIn) {
      const living = await families.list(uuid)
      return living.some((family) => family.sid === signIn)
    },
    list: (uuid) => families.list(uuid),
    async end(uuid, signIn, reason) {
      const isEnded = await families.revoke(signIn, uuid, reason)
      if (isEnded) await announceEnd(options, signIn)
      return isEnded
    },
    async endAll(uuid, ending) {
      const ended = await families.revokeAll(uuid, ending)
      await Promise.all(ended.map((signIn) => announceEnd(options, signIn)))
    },
  }
}

async function refresh(options: SignInsOptions, refreshToken: string): Promise<SeatTokens> {
  const { families, tokens, refreshLimit, log } = options
  const claims = tokens.verifyRefresh(refreshToken)
  await refreshLimit.consume(claims.sid)
  const publishEnd = (signIn: SignInId) => announceEnd(options, signIn)
  return issue(tokens, await rotateOrRefuse(claims, { families, log, publishEnd }))
}

function issue(tokens: SessionTokens, { sid, owner: sub, gen, ...times }: Issuable): SeatTokens {
  const access = tokens.issueAccess({ sub, sid, gen })
  const { rotatedAtMs: issuedAtMs, expiresAtMs } = times
  const refreshToken = tokens.issueRefresh({ sub, sid, gen, issuedAtMs, expiresAtMs })
  return { accessToken: access.token, refreshToken, expiresIn: access.expiresIn }
}

/** The database has it already; this reaches whoever holds a token or a socket now. */
async function announceEnd(
  { revocations, clock, accessSeconds }: SignInsOptions,
  signIn: SignInId,
): Promise<void> {
  const keepMs = Math.max(defaultKeepMs, (accessSeconds + 60) * 1000)
  await revocations.revokeSignIn(signIn, clock() + keepMs)
}
