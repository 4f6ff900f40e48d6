import { createRoute, z } from '@hono/zod-openapi'
import type { SignInId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Family } from '@innkeeper/tokens/families/families'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import {
  deviceOf,
  jsonAnswer,
  jsonBody,
  limitIp,
  needsIdentityToken,
  noStore,
  requirePlayer,
  type RouteParts,
} from './route-parts'
import { loginBody, refreshBody, registerBody, signedIn, signInList, type signInView } from './schemas'

const register = createRoute({
  method: 'post',
  path: '/auth/register',
  tags: ['sign in'],
  summary: 'Makes an account and signs in',
  request: { body: jsonBody(registerBody) },
  responses: {
    201: jsonAnswer('The account is there, and signed in', signedIn),
    ...problemAnswers(
      'validation-failed',
      'name-refused',
      'password-refused',
      'name-taken',
      'too-many',
      'unavailable',
    ),
  },
})

const login = createRoute({
  method: 'post',
  path: '/auth/login',
  tags: ['sign in'],
  summary: 'Signs in',
  request: { body: jsonBody(loginBody) },
  responses: {
    200: jsonAnswer('Signed in', signedIn),
    ...problemAnswers('validation-failed', 'credentials-wrong', 'too-many', 'unavailable'),
  },
})

const refresh = createRoute({
  method: 'post',
  path: '/auth/refresh',
  tags: ['sign in'],
  summary: 'Trades a refresh token for new tokens',
  request: { body: jsonBody(refreshBody) },
  responses: {
    200: jsonAnswer('New tokens; a lost answer may be asked for again with the same refresh token', signedIn),
    ...problemAnswers(
      'validation-failed',
      'invalid-grant',
      'refresh-reused',
      'session-revoked',
      'session-expired',
      'origin-refused',
      'too-many',
    ),
  },
})

const logout = createRoute({
  method: 'post',
  path: '/auth/logout',
  tags: ['sign in'],
  summary: 'Ends this sign-in',
  security: needsIdentityToken,
  responses: { 204: { description: 'Ended; its live sockets close' }, ...problemAnswers('token-invalid') },
})

const logoutEverywhere = createRoute({
  method: 'post',
  path: '/auth/logout-everywhere',
  tags: ['sign in'],
  summary: 'Ends every sign-in of the account',
  security: needsIdentityToken,
  responses: { 204: { description: 'Ended; their live sockets close' }, ...problemAnswers('token-invalid') },
})

const list = createRoute({
  method: 'get',
  path: '/auth/sign-ins',
  tags: ['account'],
  summary: 'The devices that are signed in',
  security: needsIdentityToken,
  responses: { 200: jsonAnswer('Newest use first', signInList), ...problemAnswers('token-invalid') },
})

const remove = createRoute({
  method: 'delete',
  path: '/auth/sign-ins/{id}',
  tags: ['account'],
  summary: 'Ends one sign-in',
  security: needsIdentityToken,
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: 'Ended' }, ...problemAnswers('token-invalid', 'not-found') },
})

/** Signing in, staying signed in, and signing out. */
export function addSignInRoutes(app: HttpApp, parts: RouteParts): void {
  const { credentials, signIns } = parts
  app.openapi(register, async (context) => {
    const { device, ...wish } = context.req.valid('json')
    const account = await credentials.register({ ...wish, ip: limitIp(context, parts) })
    return context.json(await signIns.start(account, deviceOf(context, parts, device)), 201, noStore)
  })
  app.openapi(login, async (context) => {
    const { device, ...who } = context.req.valid('json')
    const account = await credentials.check({ ...who, ip: limitIp(context, parts) })
    return context.json(await signIns.start(account, deviceOf(context, parts, device)), 200, noStore)
  })
  app.openapi(refresh, async (context) => {
    const { refreshToken } = context.req.valid('json')
    return context.json(await signIns.refresh(refreshToken, limitIp(context, parts)), 200, noStore)
  })
  app.openapi(logout, async (context) => {
    const { uuid, sid } = await requirePlayer(context, parts)
    await signIns.end(uuid, sid, 'signed-out')
    return context.body(null, 204)
  })
  app.openapi(logoutEverywhere, async (context) => {
    const { uuid } = await requirePlayer(context, parts)
    await signIns.endAll(uuid, { reason: 'signed-out-everywhere' })
    return context.body(null, 204)
  })
  app.openapi(list, async (context) => {
    const { uuid, sid } = await requirePlayer(context, parts)
    const families = await signIns.list(uuid)
    return context.json({ signIns: families.map((family) => viewSignIn(family, sid)) }, 200, noStore)
  })
  app.openapi(remove, async (context) => {
    const { uuid } = await requirePlayer(context, parts)
    const isEnded = await signIns.end(uuid, parseSignInId(context.req.valid('param').id), 'removed-by-owner')
    if (!isEnded) throw new AppError('not-found', 'There is no such sign-in')
    return context.body(null, 204)
  })
}

/** A sign-in as its owner may see it. Everything shown is listed here, so that nothing new is shown by accident. */
export function viewSignIn(family: Family, current: SignInId): z.output<typeof signInView> {
  return {
    id: family.sid,
    current: family.sid === current,
    device: family.device,
    createdAt: family.createdAtMs,
    lastUsedAt: family.rotatedAtMs,
    expiresAt: family.expiresAtMs,
  }
}

// Any text: the database knows which ones exist, and whose they are.
function parseSignInId(text: string): SignInId {
  return text as SignInId
}
