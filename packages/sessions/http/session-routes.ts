import { createRoute } from '@hono/zod-openapi'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import { ipForLimits, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import { callerIp, type HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'

import type { SessionAuthenticator } from '../session-authenticator'
import type { SignIns } from '../sign-ins'
import type { Caller, Tables } from '../tables'
import { forPlayers } from './current-player'
import {
  accountHeader,
  joinTableBody,
  openTableBody,
  recoverSeatBody,
  refreshBody,
  seatGrantSchema,
  sessionViewSchema,
  toGrantAnswer,
  toSeatAnswer,
  toSessionAnswer,
  tokenPairSchema,
} from './session-schemas'

/** What the session routes stand on. */
export interface SessionRoutesOptions {
  readonly tables: Tables
  readonly signIns: SignIns
  readonly rooms: Rooms
  readonly authenticator: SessionAuthenticator
  readonly refreshPerIp: AttemptLimit
  readonly proxies: TrustedProxies
  /** @throws AppError `token-invalid` */
  readonly verifyIdentity: (token: string) => Promise<{ readonly uuid: PlayerUuid }>
}

const noStore = { 'cache-control': 'no-store' }
const tags = ['session']
const json = <Schema>(schema: Schema) => ({ 'application/json': { schema } })

const openRoute = createRoute({
  method: 'post',
  path: '/api/session',
  tags,
  summary: 'Open a table and take its first seat as game master',
  request: { headers: accountHeader, body: { required: true, content: json(openTableBody) } },
  responses: {
    201: { description: 'The table, the seat, and everything that opens it', content: json(seatGrantSchema) },
    ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'too-many'),
  },
})

const joinRoute = createRoute({
  method: 'post',
  path: '/api/session/join',
  tags,
  summary: 'Take a seat at a table',
  request: { headers: accountHeader, body: { required: true, content: json(joinTableBody) } },
  responses: {
    200: { description: 'The seat and everything that opens it', content: json(seatGrantSchema) },
    ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'session-not-found'),
    ...problemAnswers('name-taken', 'room-full', 'too-many'),
  },
})

const recoverRoute = createRoute({
  method: 'post',
  path: '/api/session/recover',
  tags,
  summary: 'Sit down again on another device',
  description:
    'Tokens from before end, with their sockets. The answer carries a new recovery key; the one that was used works for ten minutes more, in case the answer is lost.',
  request: { body: { required: true, content: json(recoverSeatBody) } },
  responses: {
    200: { description: 'The same seat with new tokens', content: json(seatGrantSchema) },
    ...problemAnswers('validation-failed', 'recovery-failed', 'too-many'),
  },
})

const refreshRoute = createRoute({
  method: 'post',
  path: '/api/session/auth/refresh',
  tags,
  summary: 'Trade a refresh token for the next pair',
  description: 'The token comes as `Authorization: Bearer` or as `refreshToken` in the body.',
  request: { body: { required: false, content: json(refreshBody) } },
  responses: {
    200: { description: 'The next tokens', content: json(tokenPairSchema) },
    ...problemAnswers('invalid-grant', 'refresh-reused', 'session-revoked', 'session-expired'),
    ...problemAnswers('origin-refused', 'too-many'),
  },
})

/** `/api/session` and what is under it. */
export function addSessionRoutes(app: HttpApp, options: SessionRoutesOptions): void {
  const { tables, signIns, rooms, proxies, verifyIdentity, refreshPerIp } = options

  async function callerOf(context: Parameters<typeof callerIp>[0]): Promise<Caller> {
    const limitKey = ipForLimits(callerIp(context, proxies))
    const token = context.req.header('tokenjwt')
    return token === undefined ? { limitKey } : { limitKey, accountUuid: (await verifyIdentity(token)).uuid }
  }

  app.openapi(openRoute, async (context) => {
    const grant = await tables.open(context.req.valid('json'), await callerOf(context))
    return context.json(toGrantAnswer(grant), 201, noStore)
  })

  app.openapi(joinRoute, async (context) => {
    const { code, name } = context.req.valid('json')
    const grant = await tables.join(code, name, await callerOf(context))
    return context.json(toGrantAnswer(grant), 200, noStore)
  })

  app.openapi(recoverRoute, async (context) => {
    const limitKey = ipForLimits(callerIp(context, proxies))
    const grant = await tables.recover(context.req.valid('json').recoveryKey, { limitKey })
    return context.json(toGrantAnswer(grant), 200, noStore)
  })

  app.openapi(refreshRoute, async (context) => {
    await refreshPerIp.consume(ipForLimits(callerIp(context, proxies)))
    const token = bearerToken(context.req.header('authorization')) ?? context.req.valid('json').refreshToken
    if (token === undefined) throw new AppError('invalid-grant')
    return context.json(await signIns.refresh(token), 200, noStore)
  })

  const viewRoute = createRoute({
    method: 'get',
    path: '/api/session',
    tags,
    summary: 'The table as this player may see it',
    ...forPlayers(options.authenticator),
    responses: {
      200: { description: 'The table, the seat, and the state', content: json(sessionViewSchema) },
      ...problemAnswers('token-invalid', 'room-not-found'),
    },
  })
  app.openapi(viewRoute, async (context) => {
    const { seat, session } = context.get('player')
    const { seq, state, players } = await rooms.view(session.id, { uuid: seat.uuid, role: seat.role })
    const answer = {
      session: toSessionAnswer(session),
      player: toSeatAnswer(seat),
      seq,
      state,
      players: [...players],
    }
    return context.json(answer, 200, noStore)
  })
}
