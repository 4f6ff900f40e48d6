import { createPublicKey, type KeyObject } from 'node:crypto'
import { parseBase64url } from '../base64url'
import { isKeyId } from '../jws'
import { isJsonObject, type JsonObject } from '../strict-json'

/** Public keys by their `kid`. */
export type KeySet = ReadonlyMap<string, KeyObject>

const maxKeys = 32
const coordinateChars = 43
/** Members of a private or symmetric key: whoever publishes one has published a secret. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Reads a JSON Web Key Set of 1 to 32 ES256 public keys. One bad key refuses the whole set: a set that holds a
 * secret, two keys of one name or a key for something else was put together by mistake or by somebody else.
 *
 * @returns the keys, or why the set is refused (for the operator's log)
 */
export function parseJwks(jwks: unknown): KeySet | { readonly refused: string } {
  const list = isJsonObject(jwks) ? jwks['keys'] : undefined
  if (!Array.isArray(list)) return { refused: 'there is no list of keys' }
  if (list.length < 1 || list.length > maxKeys)
    return { refused: `${list.length} keys; 1 to ${maxKeys} are taken` }
  const keys = new Map<string, KeyObject>()
  for (const [position, jwk] of list.entries()) {
    const key = parseJwk(jwk)
    if (typeof key === 'string') return { refused: `key ${position + 1}: ${key}` }
    if (keys.has(key.kid)) return { refused: `key ${position + 1}: its kid is used twice` }
    keys.set(key.kid, key.publicKey)
  }
  return keys
}

/**
 * Whether a JWK says that it may check signatures of `algorithm`: `use`, `key_ops` and `alg` may be missing, and must
 * fit where they are not.
 */
export function isForVerifying(jwk: JsonObject, algorithm: string): boolean {
  const { use, alg, key_ops: operations } = jwk
  if (use !== undefined && use !== 'sig') return false
  if (alg !== undefined && alg !== algorithm) return false
  return (
    operations === undefined ||
    (Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify')
  )
}

function parseJwk(jwk: unknown): { readonly kid: string; readonly publicKey: KeyObject } | string {
  if (!isJsonObject(jwk)) return 'not an object'
  const { kty, crv, x, y, kid } = jwk
  if (secretMembers.some((name) => Object.hasOwn(jwk, name))) return 'it holds a secret'
  if (kty !== 'EC' || crv !== 'P-256') return 'not a key on P-256'
  if (!isForVerifying(jwk, 'ES256')) return 'not for checking ES256 signatures'
  if (!isKeyId(kid)) return 'its kid is missing or not plain'
  if (!isCoordinate(x) || !isCoordinate(y)) return 'its coordinates are malformed'
  try {
    return { kid, publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }) }
  } catch {
    return 'its point is not on the curve' // The only thing left that importing can find.
  }
}

function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && value.length === coordinateChars && parseBase64url(value) !== undefined
}
