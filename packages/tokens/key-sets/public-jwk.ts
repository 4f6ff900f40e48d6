import { createPublicKey, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK } from 'jose'

/** A key as `/.well-known/jwks.json` publishes it. */
export interface PublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: 'ES256'
}

/**
 * The public half of a P-256 key pair, named by its RFC 7638 thumbprint.
 *
 * @param key  the private or the public key
 * @throws Error when it is not on P-256
 */
export async function toPublicJwk(key: KeyObject): Promise<PublicJwk> {
  const { kty, crv, x, y } = await exportJWK(key.type === 'private' ? createPublicKey(key) : key)
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined)
    throw new Error('Not a key on P-256')
  const kid = await calculateJwkThumbprint({ kty, crv, x, y })
  return { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' }
}
