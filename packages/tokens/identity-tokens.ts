import { createHash, type KeyObject } from 'node:crypto'
import { parsePlayerUuid, type PlayerUuid, type SignInId } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import type { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Log, Random, Soon } from '@innkeeper/protocol/tools'
import { toBase64url } from './base64url'
import { hasExactClaims, isClaimText, parseTimes, type TokenTimes, tokenInvalid } from './claims'
import { es256, signEs256 } from './es256'
import { type JwsFault, type OpenedJws, verifySignedJws, writeHeader } from './jws'
import type { KeySource } from './key-sets/key-source'
import { createRecentCache } from './recent-cache'
import { type JsonObject, parseStrictObject } from './strict-json'

/** Who someone is, as a trusted issuer says. Times in seconds since the epoch. */
export interface IdentityClaims extends TokenTimes {
  readonly uuid: PlayerUuid
  readonly nick: string
  /** The sign-in that the token belongs to. A foreign issuer without `sid`: the player's uuid. */
  readonly sid: SignInId
  readonly jti: string
  readonly iss: string
}

/** Whose identity tokens are taken. */
export interface TrustedIssuer {
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string
  /** Exactly their `aud`, as one string. */
  readonly audience: string
  readonly keys: KeySource
  /**
   * For a foreign issuer: the claims that hold `uuid` and `nick`. Its tokens may carry more claims than ours and
   * `typ` may be `JWT` or missing. It can name any player, so list only issuers whose every uuid is to be believed.
   */
  readonly claims?: { readonly uuid: string; readonly nick: string }
  /** The longest life of a token; 900 unless told. Keep it under what revocations are kept for. */
  readonly maxLifetimeSeconds?: number
}

/** Checks identity tokens of every trusted issuer. */
export interface IdentityVerifier {
  /**
   * Revocation is not looked at: ask `Revocations` each time. A token seen lately is answered at once.
   *
   * @throws AppError `token-invalid` with one text, whatever was wrong | `unavailable` when the issuer's keys could
   * not be loaded at all
   */
  verify(token: string): Soon<IdentityClaims>
  /** Forgets every key and every token seen: for when a key was stolen. */
  flushKeys(): void
}

export interface IdentityTokenIssuer {
  /** @returns the token, and the seconds until it ends (900) */
  issue(player: { readonly uuid: PlayerUuid; readonly nick: string; readonly sid: SignInId }): {
    readonly token: string
    readonly expiresIn: number
  }
}

const type = 'identity+jwt'
const lifetimeSeconds = 15 * 60
const ownClaims = ['iss', 'aud', 'sub', 'uuid', 'nick', 'sid', 'jti', 'iat', 'exp'] as const
const rememberedTokens = 4_000
/** After this a token seen before is checked in full again, so that a key which left its set is noticed. */
const rememberMs = 60_000
const guestPrefix = 'guest:'

/** Issues identity tokens. `signingKey` is asked each time, so that a rotation takes effect at once. */
export function createIdentityTokenIssuer(options: {
  readonly issuer: string
  readonly audience: string
  readonly signingKey: () => { readonly kid: string; readonly privateKey: KeyObject }
  readonly clock: Clock
  readonly random: Random
}): IdentityTokenIssuer {
  return {
    issue({ uuid, nick, sid }) {
      const { kid, privateKey } = options.signingKey()
      const iat = Math.floor(options.clock() / 1000)
      const { issuer: iss, audience: aud } = options
      const claims = {
        iss,
        aud,
        sub: uuid,
        uuid,
        nick,
        sid,
        jti: options.random.uuid(),
        iat,
        exp: iat + lifetimeSeconds,
      }
      const signingInput = writeHeader('ES256', type, kid) + toBase64url(JSON.stringify(claims))
      return { token: `${signingInput}.${signEs256(privateKey, signingInput)}`, expiresIn: lifetimeSeconds }
    },
  }
}

interface Remembered {
  readonly claims: IdentityClaims
  readonly untilMs: number
  readonly keys: KeySource
  readonly epoch: number
}

/** A token on its way: parsed once, to choose the key, and judged only when the signature is known to be genuine. */
interface Candidate {
  readonly issuer: TrustedIssuer
  readonly payload: JsonObject
  /** From before the key was found: a set that changes meanwhile must not vouch for this token. */
  readonly epoch: number
}

/**
 * Builds the one function that checks identity tokens. A token seen before costs a look-up while it lasts, its key is
 * trusted and a minute has not passed; the unverified `iss` only selects among `issuers`, and nothing is fetched for
 * any other.
 */
export function createIdentityVerifier(options: {
  readonly issuers: readonly TrustedIssuer[]
  readonly clock: Clock
  readonly log: Log
}): IdentityVerifier {
  const { clock, log } = options
  const issuers = new Map(options.issuers.map((issuer) => [issuer.issuer, issuer]))
  const form = { algorithm: es256, types: [type, 'JWT', undefined] }
  const seen = createRecentCache<Remembered>(rememberedTokens)

  function verify(token: string): Soon<IdentityClaims> {
    if (typeof token !== 'string' || token.length > limits.tokenChars) return Promise.reject(tokenInvalid())
    const remembered = seen.get(token)
    const isGood = remembered && clock() < remembered.untilMs && remembered.epoch === remembered.keys.epoch
    return isGood ? remembered.claims : verifyAnew(token)
  }

  async function verifyAnew(token: string): Promise<IdentityClaims> {
    let candidate: Candidate | undefined
    const jws = await verifySignedJws(token, form, (opened) => {
      candidate = selectIssuer(opened)
      return candidate?.issuer.keys.find(opened.keyId)
    })
    if (typeof jws === 'string') throw refused(jws)
    const claims = candidate && parseIdentityClaims(candidate, clock())
    if (!claims || !candidate) throw refused('claims')
    const untilMs = Math.min(claims.exp * 1000, clock() + rememberMs)
    const { epoch, issuer } = candidate
    seen.set(token, { claims, untilMs, keys: issuer.keys, epoch })
    return claims
  }

  function refused(fault: JwsFault | 'claims'): AppError {
    log.debug({ fault }, 'Identity token refused')
    return tokenInvalid()
  }

  function selectIssuer(opened: OpenedJws): Candidate | undefined {
    const payload = parseStrictObject(opened.unverifiedPayload)
    const iss = payload?.['iss']
    const issuer = typeof iss === 'string' ? issuers.get(iss) : undefined
    if (!payload || !issuer || (!issuer.claims && opened.type !== type)) return undefined
    return { issuer, payload, epoch: issuer.keys.epoch }
  }

  return {
    verify,
    flushKeys() {
      seen.clear()
      for (const { keys } of options.issuers) keys.flush()
    },
  }
}

function parseIdentityClaims({ payload, issuer }: Candidate, nowMs: number): IdentityClaims | undefined {
  // `iss` is the issuer's already: that is how the issuer was found.
  if (payload['aud'] !== issuer.audience) return undefined
  const times = parseTimes(payload, nowMs, issuer.maxLifetimeSeconds ?? lifetimeSeconds)
  const player = issuer.claims ? parseForeignPlayer(payload, issuer.claims) : parseOwnPlayer(payload)
  if (!times || !player || player.uuid.startsWith(guestPrefix)) return undefined
  return { ...player, ...times, iss: issuer.issuer }
}

type NamedPlayer = Pick<IdentityClaims, 'uuid' | 'nick' | 'sid' | 'jti'>

function parseOwnPlayer(payload: JsonObject): NamedPlayer | undefined {
  if (!hasExactClaims(payload, ownClaims)) return undefined
  const { sub, nick, sid, jti } = payload
  const uuid = parsePlayerUuid(payload['uuid'])
  if (uuid === undefined || sub !== uuid) return undefined
  if (!isClaimText(nick) || !isClaimText(sid) || !isClaimText(jti)) return undefined
  return { uuid, nick, sid: sid as SignInId, jti }
}

function parseForeignPlayer(
  payload: JsonObject,
  names: { uuid: string; nick: string },
): NamedPlayer | undefined {
  if (!Object.hasOwn(payload, names.uuid) || !Object.hasOwn(payload, names.nick)) return undefined
  const uuid = parsePlayerUuid(payload[names.uuid])
  const nick = payload[names.nick]
  // An issuer that numbers neither sign-ins nor tokens gets names that are the same for the same claims.
  const { sid = uuid, jti = createHash('sha256').update(JSON.stringify(payload)).digest('base64url') } =
    payload
  if (uuid === undefined || !isClaimText(nick) || !isClaimText(sid) || !isClaimText(jti)) return undefined
  return { uuid, nick, sid: sid as SignInId, jti }
}
