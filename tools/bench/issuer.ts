import { generateKeyPairSync } from 'node:crypto'
import type { Issuer } from './load/jobs'

/** The bench as an identity service: a key of its own, and the public half where innkeeper fetches it. */
export interface BenchIssuer {
  readonly issuer: Issuer
  readonly jwksUrl: string
  stop(): void
}

/** @returns what a server that checks the tokens by itself has to know, as a JWK */
export function publicKeyOf({ issuer: { privateKey } }: BenchIssuer): object {
  const { kty, crv, x, y } = privateKey
  return { kty, crv, x, y }
}

export function serveIssuer(): BenchIssuer {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' })
  const kid = 'bench-1'
  const jwks = { keys: [{ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', kid, x, y }] }
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => Response.json(jwks) })
  const address = `http://127.0.0.1:${server.port}`
  return {
    issuer: {
      issuer: address,
      audience: 'innkeeper-bench',
      kid,
      privateKey: { kty: 'EC', crv: 'P-256', x, y, d },
    },
    jwksUrl: `${address}/.well-known/jwks.json`,
    stop: () => void server.stop(true),
  }
}
