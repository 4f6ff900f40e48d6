import { createHmac, generateKeyPairSync, hkdfSync, sign } from 'node:crypto'
import { AppError } from '@innkeeper/protocol/problems'
import { type PlayerUuid, parseRoomId, type SignInId } from '@innkeeper/protocol/ids'
import { createIdentityTokenIssuer, createIdentityVerifier } from '../identity-tokens'
import { localKeySource } from '../key-sets/local-key-source'
import { toPublicJwk } from '../key-sets/public-jwk'
import { createSessionTokens } from '../session-tokens'
import { createRoomKey, issueTicket, verifyTicket } from '../ticket-tokens'
import { keptLog, type StillClock, stillClock, systemRandom } from './effects'

export type Part = Readonly<Record<string, unknown>> | string

/**
 * One verifier under attack, with everything that its rightful issuer has: what is tried on it differs from a good
 * token in one thing alone.
 */
export interface Target {
  readonly name: 'identity' | 'access' | 'refresh' | 'ticket'
  readonly algorithm: 'ES256' | 'HS256'
  readonly lifetimeSeconds: number
  readonly time: StillClock
  /** Every line that the verifier has logged. */
  readonly logged: readonly string[]
  /** As the product issues it. */
  readonly issue: () => string
  readonly header: () => Readonly<Record<string, unknown>>
  readonly claims: () => Readonly<Record<string, unknown>>
  /** A genuine signature over anything. */
  readonly sign: (signingInput: string) => string
  /** The verified claims, or undefined when the token is refused; any other failure is thrown. */
  readonly verify: (token: string) => Promise<object | undefined>
}

export const player = 'b7ed87ac-7ae3-4a42-b99a-c4d92a9af2a2' as PlayerUuid
export const signIn = '0f7c1f2e-26f2-4f5d-9a57-3f3a3c3f3c11' as SignInId
export const identityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const identityIssuer = 'https://id.example'
const gameIssuer = 'https://play.example'
const audience = 'game-server'

/** @returns the parts as one signed token; a text part is put in as it is written */
export function craft(
  target: Target,
  parts: { readonly header?: Part; readonly claims?: Part } = {},
): string {
  const input = `${encode(parts.header ?? target.header())}.${encode(parts.claims ?? target.claims())}`
  return `${input}.${target.sign(input)}`
}

export function encode(part: Part): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
}

/** @returns header and claims of a token that a test made itself */
export function look(
  token: string,
): readonly [header: Record<string, unknown>, claims: Record<string, unknown>] {
  const [header = '', claims = ''] = token.split('.')
  return [parse(header), parse(claims)]
}

export async function createTargets(): Promise<readonly Target[]> {
  return [await identityTarget(), sessionTarget('access'), sessionTarget('refresh'), ticketTarget()]
}

export async function identityTarget(): Promise<Target> {
  const time = stillClock()
  const { log, lines } = keptLog()
  const jwk = await toPublicJwk(identityKeys.publicKey)
  const jwks = { keys: [jwk] }
  const common = { issuer: identityIssuer, audience, clock: time.clock }
  const signingKey = () => ({ kid: jwk.kid, privateKey: identityKeys.privateKey })
  const issuer = createIdentityTokenIssuer({ ...common, signingKey, random: systemRandom })
  const trusted = { issuer: identityIssuer, audience, keys: localKeySource(() => jwks) }
  const verifier = createIdentityVerifier({ issuers: [trusted], clock: time.clock, log })
  const issue = () => issuer.issue({ uuid: player, nick: 'Ana', sid: signIn }).token
  return {
    name: 'identity',
    algorithm: 'ES256',
    lifetimeSeconds: 900,
    time,
    logged: lines,
    issue,
    ...samples(issue),
    sign: (input) =>
      sign('sha256', Buffer.from(input), {
        key: identityKeys.privateKey,
        dsaEncoding: 'ieee-p1363',
      }).toString('base64url'),
    verify: (token) => claimsOrRefusal(() => verifier.verify(token)),
  }
}

export function sessionTarget(name: 'access' | 'refresh'): Target {
  const time = stillClock()
  const secret = 'a master secret of more than 32 bytes'
  const tokens = createSessionTokens({
    secret,
    algorithm: 'HS256',
    issuer: gameIssuer,
    accessSeconds: 1800,
    refreshSeconds: 30 * 86_400,
    clock: time.clock,
    random: systemRandom,
  })
  const subject = { sub: player, sid: signIn, gen: 3 }
  const expiresAtMs = time.nowMs + 30 * 86_400_000
  const issue = () =>
    name === 'access'
      ? tokens.issueAccess(subject).token
      : tokens.issueRefresh({ ...subject, issuedAtMs: time.nowMs, expiresAtMs })
  // Written out: whoever changes how keys are derived ends every session at the next start.
  const key = new Uint8Array(hkdfSync('sha256', secret, gameIssuer, `innkeeper/${name}/v1/HS256/key`, 32))
  return {
    name,
    algorithm: 'HS256',
    lifetimeSeconds: name === 'access' ? 1800 : 30 * 86_400,
    time,
    logged: [],
    issue,
    ...samples(issue),
    sign: (input) => hs256(key, input),
    verify: (token) =>
      claimsOrRefusal(() => (name === 'access' ? tokens.verifyAccess(token) : tokens.verifyRefresh(token))),
  }
}

export function ticketTarget(): Target {
  const time = stillClock()
  const roomId = parseRoomId('the-cellar')
  if (!roomId) throw new Error('Not a room id')
  const key = createRoomKey(roomId, 1, systemRandom)
  const common = { issuer: gameIssuer, roomId }
  const issue = () =>
    issueTicket({
      ...common,
      key,
      uuid: player,
      nick: 'Ana',
      sid: signIn,
      jti: systemRandom.uuid(),
      nowMs: time.nowMs,
    }).ticket
  return {
    name: 'ticket',
    algorithm: 'HS256',
    lifetimeSeconds: 1800,
    time,
    logged: [],
    issue,
    ...samples(issue),
    sign: (input) => hs256(key.secret, input),
    verify(token) {
      const verdict = verifyTicket(token, { ...common, keys: [{ ...key }], nowMs: time.nowMs })
      return Promise.resolve(verdict.ok ? verdict.claims : undefined)
    },
  }
}

export function hs256(key: string | Uint8Array, input: string): string {
  return createHmac('sha256', key).update(input).digest('base64url')
}

function samples(issue: () => string): Pick<Target, 'header' | 'claims'> {
  return { header: () => look(issue())[0], claims: () => look(issue())[1] }
}

async function claimsOrRefusal(verify: () => object | Promise<object>): Promise<object | undefined> {
  try {
    return await verify()
  } catch (error) {
    if (error instanceof AppError && error.status === 401) return undefined
    throw error
  }
}

function parse(segment: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(segment, 'base64url').toString()) as Record<string, unknown>
}
