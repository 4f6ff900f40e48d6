import { hkdfSync } from 'node:crypto'
import { AppError } from '@innkeeper/protocol/problems'
import { parsePlayerUuid, type PlayerUuid, type SignInId } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import type { Clock, Random } from '@innkeeper/protocol/tools'
import { toBase64url } from './base64url'
import { hasExactClaims, isClaimText, parseTimes, type TokenTimes, tokenInvalid } from './claims'
import { verifyMacJws, writeHeader } from './jws'
import { createMacKey, type MacAlgorithm, macBytes, type MacKey } from './mac'
import { createRecentCache } from './recent-cache'
import { parseStrictObject } from './strict-json'

/** What an access or a refresh token says. Times in seconds since the epoch. */
export interface SessionClaims extends TokenTimes {
  readonly sub: PlayerUuid
  /** The sign-in (the family of tokens) that it belongs to. */
  readonly sid: SignInId
  /** The generation of the family's refresh token; grows with each rotation. */
  readonly gen: number
  readonly jti: string
}
export type AccessClaims = SessionClaims
export type RefreshClaims = SessionClaims

type Subject = Pick<SessionClaims, 'sub' | 'sid' | 'gen'>

/** Issues and checks the two token families of a session. */
export interface SessionTokens {
  /** @returns a new access token, and the seconds until it ends */
  issueAccess(subject: Subject): { readonly token: string; readonly expiresIn: number }
  /**
   * Derives the refresh token of a generation: the same input gives the same bytes, so that nothing needs to be
   * stored and a repeated request gets the same answer. It lives until `expiresAtMs`, at most `refreshSeconds`.
   */
  issueRefresh(subject: Subject & { readonly issuedAtMs: number; readonly expiresAtMs: number }): string
  /**
   * Revocation is not looked at: ask `Revocations` each time.
   *
   * @throws AppError `token-invalid`, whatever was wrong
   */
  verifyAccess(token: string): AccessClaims
  /** @throws AppError `session-expired` for one that was good until its end, else `invalid-grant`, whatever was wrong */
  verifyRefresh(token: string): RefreshClaims
}

const minMasterBytes = 32
const rememberedTokens = 4_000
const claimNames = ['iss', 'aud', 'sub', 'type', 'sid', 'gen', 'jti', 'iat', 'exp'] as const

interface Family {
  readonly kind: 'access' | 'refresh'
  readonly issuer: string
  readonly audience: string
  readonly type: string
  readonly key: MacKey
  readonly keyId: string
  readonly header: string
  readonly maxLifetimeSeconds: number
}

/**
 * The access and refresh tokens of one issuer. Each family has a key of its own, derived from the master secret, the
 * issuer and the family, so that one in place of the other fails on its signature already.
 *
 * @throws Error when the master secret is shorter than 32 bytes
 */
export function createSessionTokens(options: {
  readonly secret: Uint8Array | string
  readonly algorithm: MacAlgorithm
  readonly issuer: string
  readonly accessSeconds: number
  readonly refreshSeconds: number
  readonly clock: Clock
  readonly random: Random
}): SessionTokens {
  const { clock, random } = options
  const access = createFamily('access', options.accessSeconds, options)
  const refresh = createFamily('refresh', options.refreshSeconds, options)
  const seen = createRecentCache<AccessClaims>(rememberedTokens)

  return {
    issueAccess(subject) {
      const iat = Math.floor(clock() / 1000)
      const times = { iat, exp: iat + options.accessSeconds }
      return {
        token: issue(access, subject, { ...times, jti: random.uuid() }),
        expiresIn: options.accessSeconds,
      }
    },
    issueRefresh({ issuedAtMs, expiresAtMs, ...subject }) {
      const iat = Math.floor(issuedAtMs / 1000)
      const exp = Math.min(Math.floor(expiresAtMs / 1000), iat + options.refreshSeconds)
      return issue(refresh, subject, { iat, exp, jti: `${subject.sid}.${subject.gen}` })
    },
    verifyAccess(token) {
      if (typeof token !== 'string' || token.length > limits.tokenChars) throw tokenInvalid()
      const remembered = seen.get(token)
      if (remembered && clock() < remembered.exp * 1000) return remembered
      const claims = verify(access, token, clock())
      if (!claims) throw tokenInvalid()
      seen.set(token, claims)
      return claims
    },
    verifyRefresh(token) {
      const nowMs = clock()
      const claims = verify(refresh, token, nowMs)
      if (claims) return claims
      const ended = verify(refresh, token, undefined)
      if (ended && ended.exp * 1000 <= nowMs) throw new AppError('session-expired')
      throw new AppError('invalid-grant', 'The refresh token is not valid')
    },
  }
}

function createFamily(
  kind: Family['kind'],
  maxLifetimeSeconds: number,
  options: {
    readonly secret: Uint8Array | string
    readonly algorithm: MacAlgorithm
    readonly issuer: string
  },
): Family {
  const { algorithm, issuer } = options
  const master = typeof options.secret === 'string' ? Buffer.from(options.secret) : options.secret
  if (master.byteLength < minMasterBytes)
    throw new Error(`The master secret needs ${minMasterBytes} bytes or more`)
  const derive = (use: string, bytes: number) =>
    new Uint8Array(hkdfSync('sha256', master, issuer, `innkeeper/${kind}/v1/${algorithm}/${use}`, bytes))
  // The key's name is derived too: it says which master a token belongs to and nothing about it.
  const keyId = Buffer.from(derive('kid', 12)).toString('base64url')
  const type = `${kind}+jwt`
  return {
    kind,
    issuer,
    audience: `${issuer}/${kind}`,
    type,
    key: createMacKey(algorithm, derive('key', macBytes(algorithm))),
    keyId,
    header: writeHeader(algorithm, type, keyId),
    maxLifetimeSeconds,
  }
}

function issue(
  family: Family,
  { sub, sid, gen }: Subject,
  rest: TokenTimes & { readonly jti: string },
): string {
  const { jti, iat, exp } = rest
  const claims = { iss: family.issuer, aud: family.audience, sub, type: family.kind, sid, gen, jti, iat, exp }
  const signingInput = family.header + toBase64url(JSON.stringify(claims))
  return `${signingInput}.${family.key.sign(signingInput)}`
}

/** @param nowMs  the moment at which it has to be good; undefined: the last one of its own life */
function verify(family: Family, token: unknown, nowMs: number | undefined): SessionClaims | undefined {
  const form = { algorithm: family.key.algorithm, types: [family.type] }
  const jws = verifyMacJws(token, form, ({ keyId }) => (keyId === family.keyId ? family.key : undefined))
  return typeof jws === 'string' ? undefined : parseSessionClaims(jws.payload, family, nowMs)
}

function parseSessionClaims(
  bytes: Uint8Array,
  family: Family,
  nowMs: number | undefined,
): SessionClaims | undefined {
  const payload = parseStrictObject(bytes)
  if (!payload || !hasExactClaims(payload, claimNames)) return undefined
  const { iss, aud, type, sid, gen, jti } = payload
  if (iss !== family.issuer || aud !== family.audience || type !== family.kind) return undefined
  const sub = parsePlayerUuid(payload['sub'])
  const judgedAtMs = nowMs ?? Number(payload['exp']) * 1000 - 1
  const times = parseTimes(payload, judgedAtMs, family.maxLifetimeSeconds)
  if (sub === undefined || !times || !isClaimText(sid) || !isClaimText(jti)) return undefined
  if (typeof gen !== 'number' || !Number.isSafeInteger(gen) || gen < 0) return undefined
  return { sub, sid: sid as SignInId, gen, jti, ...times }
}
