import type { KeyObject } from 'node:crypto'
import { limits } from '@innkeeper/protocol/limits'
import { hasCanonicalEnd, toBase64url } from './base64url'
import type { SignatureAlgorithm } from './es256'
import type { MacKey } from './mac'
import { parseStrictObject } from './strict-json'

/** What a family's tokens look like from outside. */
export interface JwsForm {
  /** The one `alg`, compared exactly. */
  readonly algorithm: string
  /** Every `typ` that is taken; `undefined` stands for none at all. */
  readonly types: readonly (string | undefined)[]
}

/** A token whose form is right and whose signature nobody has checked. Only choosing a key may look at it. */
export interface OpenedJws {
  readonly type: string | undefined
  readonly keyId: string
  readonly unverifiedPayload: Buffer
  readonly signingInput: string
  readonly signature: Buffer
}

/** A token whose signature is genuine. The claims are still to be judged. */
export interface VerifiedJws {
  readonly keyId: string
  readonly payload: Buffer
}

/** Why a token was refused: for a log, never for its bearer. */
export type JwsFault =
  'length' | 'encoding' | 'header' | 'algorithm' | 'type' | 'key-id' | 'key-unknown' | 'signature'

const threeSegments = /^([\w-]+)\.([\w-]*)\.([\w-]+)$/
const headerMembers: ReadonlySet<string> = new Set(['alg', 'typ', 'kid'])
// No slash, space or quote, so that no key id can ever be a path, a query or a log line of its own.
const keyIdPattern = /^[A-Za-z0-9_.:@=-]{1,128}$/

/** Whether `value` may name a key: 1 to 128 of `A-Z a-z 0-9 _ . : @ = -`. */
export function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && keyIdPattern.test(value)
}

/** @returns the token's parts, or what is wrong with its form; length is judged before anything is decoded */
export function openJws(token: unknown, form: JwsForm): OpenedJws | JwsFault {
  if (typeof token !== 'string' || token.length > limits.tokenChars) return 'length'
  const [, header, payload, signature] = threeSegments.exec(token) ?? []
  if (header === undefined || payload === undefined || signature === undefined) return 'encoding'
  if (!hasCanonicalEnd(header) || !hasCanonicalEnd(payload) || !hasCanonicalEnd(signature)) return 'encoding'
  const opened = parseHeader(header, form)
  if (typeof opened === 'string') return opened
  return {
    ...opened,
    unverifiedPayload: Buffer.from(payload, 'base64url'),
    signingInput: token.slice(0, header.length + 1 + payload.length),
    signature: Buffer.from(signature, 'base64url'),
  }
}

/** Checks a token whose key is a secret shared with its issuer. */
export function verifyMacJws(
  token: unknown,
  form: JwsForm,
  findKey: (opened: OpenedJws) => MacKey | undefined,
): VerifiedJws | JwsFault {
  const opened = openJws(token, form)
  if (typeof opened === 'string') return opened
  const key = findKey(opened)
  if (key === undefined || key.algorithm !== form.algorithm) return 'key-unknown'
  return key.isGenuine(opened.signingInput, opened.signature) ? toVerified(opened) : 'signature'
}

/** Checks a token whose key is public. A key source that fails makes this fail. */
export async function verifySignedJws(
  token: unknown,
  form: Omit<JwsForm, 'algorithm'> & { readonly algorithm: SignatureAlgorithm },
  findKey: (opened: OpenedJws) => KeyObject | undefined | Promise<KeyObject | undefined>,
): Promise<VerifiedJws | JwsFault> {
  const opened = openJws(token, { algorithm: form.algorithm.name, types: form.types })
  if (typeof opened === 'string') return opened
  const key = await findKey(opened)
  if (key === undefined) return 'key-unknown'
  const isGenuine = await form.algorithm.isGenuine(key, opened.signingInput, opened.signature)
  return isGenuine ? toVerified(opened) : 'signature'
}

/** @returns the header segment, ready to be put before a payload: with its dot */
export function writeHeader(algorithm: string, type: string, keyId: string): string {
  return `${toBase64url(JSON.stringify({ alg: algorithm, typ: type, kid: keyId }))}.`
}

function toVerified(opened: OpenedJws): VerifiedJws {
  return { keyId: opened.keyId, payload: opened.unverifiedPayload }
}

function parseHeader(segment: string, form: JwsForm): { type: string | undefined; keyId: string } | JwsFault {
  const header = parseStrictObject(Buffer.from(segment, 'base64url'))
  if (header === undefined) return 'header'
  for (const name of Object.keys(header)) if (!headerMembers.has(name)) return 'header'
  const { alg, typ, kid } = header
  if (alg !== form.algorithm) return 'algorithm'
  if ('typ' in header && typeof typ !== 'string') return 'type'
  const type = typeof typ === 'string' ? typ : undefined
  if (!form.types.includes(type)) return 'type'
  return isKeyId(kid) ? { type, keyId: kid } : 'key-id'
}
