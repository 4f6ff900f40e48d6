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
import type { IdentityTokenIssuer } from '@innkeeper/tokens/identity-tokens'
import { defaultKeepMs, type Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { SessionTokens } from '@innkeeper/tokens/session-tokens'
import type { Account, Accounts } from '../accounts/accounts'
import type { IdentityAttempts } from '../accounts/identity-attempts'

/** What a client gets for signing in and for each refresh. `expiresIn` is the identity token's life in seconds. */
export interface SignedIn {
  readonly token: string
  readonly expiresIn: number
  readonly refreshToken: string
  readonly player: { readonly uuid: PlayerUuid; readonly nick: string }
}

/** What sign-ins are made of. */
export interface SignInParts {
  readonly families: Families
  readonly accounts: Accounts
  readonly tokens: IdentityTokenIssuer
  readonly refreshTokens: Pick<SessionTokens, 'issueRefresh' | 'verifyRefresh'>
  readonly revocations: Revocations
  readonly limits: IdentityAttempts
  readonly clock: Clock
  readonly log: Log
}

/** Sign-ins of accounts: one per device, each with its own refresh tokens. */
export interface SignIns {
  /**
   * Signs in whoever has just proved to own `account`.
   *
   * @throws AppError `credentials-wrong` when the password was changed or the account deleted meanwhile
   */
  start(account: Account, device: Device): Promise<SignedIn>
  /**
   * Trades a refresh token for new tokens. The same token gives the same answer for a while, so that a lost answer
   * or a second tab costs nobody their sign-in.
   *
   * @throws AppError `invalid-grant` | `refresh-reused` | `session-revoked` | `session-expired` | `too-many`
   */
  refresh(refreshToken: string, ip: string): Promise<SignedIn>
  list(uuid: PlayerUuid): Promise<readonly Family[]>
  /** @returns false when this player has no such sign-in */
  end(uuid: PlayerUuid, sid: SignInId, reason: RevocationReason): Promise<boolean>
  endAll(
    uuid: PlayerUuid,
    options: { readonly keep?: SignInId; readonly reason: RevocationReason },
  ): Promise<void>
}

/** @param parts  what they are made of */
export function createSignIns(parts: SignInParts): SignIns {
  const { families, accounts } = parts
  return {
    async start(account, device) {
      const family = await families.start({ owner: account.uuid, device })
      // A password change ends the sign-ins that it finds. This one may have been begun with the old password and be
      // too young to be found, so whoever comes second looks at the other.
      const now = await accounts.find(account.uuid)
      if (now === undefined || now.epoch !== account.epoch) {
        await end(parts, account.uuid, { sid: family.sid, reason: 'password-changed' })
        throw new AppError('credentials-wrong')
      }
      return issue(parts, now, family)
    },
    refresh: (refreshToken, ip) => refresh(parts, refreshToken, ip),
    list: (uuid) => families.list(uuid),
    end: (uuid, sid, reason) => end(parts, uuid, { sid, reason }),
    async endAll(uuid, options) {
      const ended = await families.revokeAll(uuid, options)
      await Promise.all(ended.map((sid) => publishEnd(parts, sid)))
    },
  }
}

async function refresh(parts: SignInParts, refreshToken: string, ip: string): Promise<SignedIn> {
  const { families, accounts, limits, log } = parts
  await limits.refreshIp.consume(ip)
  const claims = parts.refreshTokens.verifyRefresh(refreshToken)
  await limits.refresh.consume(claims.sid)
  const publish = (sid: SignInId) => publishEnd(parts, sid)
  const family = await rotateOrRefuse(claims, { families, log, publishEnd: publish })
  const account = await accounts.find(family.owner)
  if (account === undefined) throw new AppError('session-revoked')
  return issue(parts, account, family)
}

function issue(parts: SignInParts, { uuid, nick }: Account, family: Issuable): SignedIn {
  const { sid, gen, rotatedAtMs, expiresAtMs } = family
  const { token, expiresIn } = parts.tokens.issue({ uuid, nick, sid })
  const refreshToken = parts.refreshTokens.issueRefresh({
    sub: uuid,
    sid,
    gen,
    issuedAtMs: rotatedAtMs,
    expiresAtMs,
  })
  return { token, expiresIn, refreshToken, player: { uuid, nick } }
}

async function end(
  parts: SignInParts,
  uuid: PlayerUuid,
  { sid, reason }: { readonly sid: SignInId; readonly reason: RevocationReason },
): Promise<boolean> {
  const isEnded = await parts.families.revoke(sid, uuid, reason)
  if (isEnded) await publishEnd(parts, sid)
  return isEnded
}

// Longer than any token of the sign-in lives, tickets that were bought with one included.
async function publishEnd({ revocations, clock }: SignInParts, sid: SignInId): Promise<void> {
  await revocations.revokeSignIn(sid, clock() + defaultKeepMs)
}
