import type { KeyObject } from 'node:crypto'
import { limits } from '@innkeeper/protocol/limits'
import { parseBase64url, toBase64url } from './base64url'
import type { SignatureAlgorithm } from './es256'
import type { MacKey } from './mac'
import { createRecentCache } from './recent-cache'
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
  const headerEnd = token.indexOf('.')
  const payloadEnd = token.indexOf('.', headerEnd + 1)
  if (payloadEnd < 0) return 'encoding'
  const header = readHeader(token.slice(0, headerEnd))
  const unverifiedPayload = parseBase64url(token.slice(headerEnd + 1, payloadEnd))
  // A fourth segment would stand in here, with its dot, which is no letter of base64url.
  const signature = parseBase64url(token.slice(payloadEnd + 1))
  if (!header || !unverifiedPayload || !signature?.length) return 'encoding'
  if (typeof header === 'string') return header
  const { algorithm, type, keyId } = header
  if (algorithm !== form.algorithm) return 'algorithm'
  if (type === null || !form.types.includes(type)) return 'type'
  if (!isKeyId(keyId)) return 'key-id'
  return { type, keyId, unverifiedPayload, signingInput: token.slice(0, payloadEnd), signature }
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

/** A header that holds no member but these. Nothing in it has been compared with what a family wants. */
interface Header {
  readonly algorithm: unknown
  /** Undefined when there is none, null when it is no text. */
  readonly type: string | undefined | null
  readonly keyId: unknown
}

/** All tokens of one key begin with the same text: it is read once and not with every token. */
const headersRead = createRecentCache<Header>(64)

/** @returns undefined when the segment is not in its one spelling */
function readHeader(segment: string): Header | 'header' | undefined {
  const known = headersRead.get(segment)
  if (known) return known
  const bytes = parseBase64url(segment)
  if (!bytes?.length) return undefined
  const header = parseHeader(bytes)
  if (header) headersRead.set(segment, header)
  return header ?? 'header'
}

function parseHeader(bytes: Uint8Array): Header | undefined {
  const header = parseStrictObject(bytes)
  if (!header || !Object.keys(header).every((name) => headerMembers.has(name))) return undefined
  const { alg, typ, kid } = header
  const type = typeof typ === 'string' ? typ : Object.hasOwn(header, 'typ') ? null : undefined
  return { algorithm: alg, type, keyId: kid }
}
