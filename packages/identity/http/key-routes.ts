import { createRoute, z } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import type { KeyRing } from '../keys/key-ring'
import { jsonAnswer } from './route-parts'
import { jwks } from './schemas'

// Shorter than a new key is published ahead: whoever keeps the set this long knows every key before it signs.
const cacheControl = { 'cache-control': 'public, max-age=600' } as const

const keySet = createRoute({
  method: 'get',
  path: '/.well-known/jwks.json',
  tags: ['keys'],
  summary: 'The public keys that identity tokens are checked with',
  responses: { 200: jsonAnswer('Every key that may have signed a living token, and the next one', jwks) },
})

const pem = createRoute({
  method: 'get',
  path: '/.well-known/jwt-public-key.pem',
  tags: ['keys'],
  summary: 'The public key that signs now, as PEM; prefer the key set, which knows about rotation',
  responses: {
    200: {
      description: 'SubjectPublicKeyInfo',
      content: { 'application/x-pem-file': { schema: z.string() } },
    },
  },
})

/** The public keys. */
export function addKeyRoutes(app: HttpApp, keyRing: KeyRing): void {
  app.openapi(keySet, (context) => context.json({ keys: [...keyRing.publicKeys().keys] }, 200, cacheControl))
  app.openapi(pem, (context) =>
    context.body(keyRing.publicPem(), 200, { ...cacheControl, 'content-type': 'application/x-pem-file' }),
  )
}
