import { createRoute, type z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Recovery } from '../devices/recovery'
import type { Seats } from '../seats/seats'
import type { SeatHolder, SessionAuthenticator } from '../session-authenticator'
import type { SignIns } from '../sign-ins'
import type { Tables } from '../tables'
import { forPlayers } from './current-player'
import { parseTable } from './game/play'
import {
  callerOf,
  callerWithAccount,
  json,
  jsonAnswer,
  jsonBody,
  limitKeyOf,
  noStore,
  type CallerOptions,
} from './route-parts'
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
export interface SessionRoutesOptions extends CallerOptions {
  readonly tables: Tables
  readonly recovery: Recovery
  readonly signIns: SignIns
  readonly seats: Seats
  readonly rooms: Rooms
  readonly authenticator: SessionAuthenticator
  readonly refreshPerIp: AttemptLimit
}

const tags = ['session']

const openRoute = createRoute({
  method: 'post',
  path: '/api/session',
  tags,
  summary: 'Open a table and take its first seat as game master',
  request: { headers: accountHeader, body: jsonBody(openTableBody) },
  responses: {
    201: jsonAnswer('The table, the seat, and everything that opens it', seatGrantSchema),
    ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'too-many'),
  },
})

const joinRoute = createRoute({
  method: 'post',
  path: '/api/session/join',
  tags,
  summary: 'Take a seat at a table',
  description:
    'A name that somebody at the table has is refused with `name-taken` and a `suggestion`. Whose name it is comes ' +
    'back with a recovery key, a pairing code, their account, or a claim (`POST /api/session/claims`).',
  request: { headers: accountHeader, body: jsonBody(joinTableBody) },
  responses: {
    200: jsonAnswer('The seat and everything that opens it', seatGrantSchema),
    ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'banned', 'not-joinable'),
    ...problemAnswers('session-not-found', 'name-taken', 'already-seated', 'room-full', 'too-many'),
  },
})

const recoverRoute = createRoute({
  method: 'post',
  path: '/api/session/recover',
  tags,
  summary: 'Sit down again on another device',
  description:
    'Tokens from before end, with their sockets. The answer carries a new recovery key; the one that was used works for ten minutes more, in case the answer is lost.',
  request: { body: jsonBody(recoverSeatBody) },
  responses: {
    200: jsonAnswer('The same seat with new tokens', seatGrantSchema),
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
    200: jsonAnswer('The next tokens', tokenPairSchema),
    ...problemAnswers('invalid-grant', 'refresh-reused', 'session-revoked', 'session-expired'),
    ...problemAnswers('origin-refused', 'too-many'),
  },
})

/** Opening, joining, coming back, refreshing, and the table as a player sees it. */
export function addSessionRoutes(app: HttpApp, options: SessionRoutesOptions): void {
  const { tables, recovery, signIns, proxies, refreshPerIp } = options

  app.openapi(openRoute, async (context) => {
    const grant = await tables.open(context.req.valid('json'), await callerWithAccount(context, options))
    return context.json(toGrantAnswer(grant), 201, noStore)
  })

  app.openapi(joinRoute, async (context) => {
    const { code, name } = context.req.valid('json')
    const grant = await tables.join(code, name, await callerWithAccount(context, options))
    return context.json(toGrantAnswer(grant), 200, noStore)
  })

  app.openapi(recoverRoute, async (context) => {
    const { recoveryKey } = context.req.valid('json')
    const grant = await recovery.recover(recoveryKey, callerOf(context, options))
    return context.json(toGrantAnswer(grant), 200, noStore)
  })

  app.openapi(refreshRoute, async (context) => {
    await refreshPerIp.consume(limitKeyOf(context, proxies))
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
      200: jsonAnswer('The table, the seat, and the state', sessionViewSchema),
      ...problemAnswers('token-invalid', 'room-not-found'),
    },
  })
  app.openapi(viewRoute, async (context) =>
    context.json(await viewOf(options, context.get('player')), 200, noStore),
  )
}

async function viewOf(
  { seats, rooms }: SessionRoutesOptions,
  { uuid }: SeatHolder,
): Promise<z.infer<typeof sessionViewSchema>> {
  // As it is kept now: what is remembered of a seat may be some seconds old.
  const player = await seats.load(uuid)
  if (player === undefined) throw new AppError('token-invalid')
  const { seat, session } = player
  const { seq, role, state, players } = await rooms.view(session.id, { uuid, role: seat.role })
  return {
    session: toSessionAnswer(session),
    player: { ...toSeatAnswer(seat), role: role === 'gm' ? 'gm' : 'player' },
    isLinked: seat.accountUuid !== undefined,
    seq,
    state: parseTable(state),
    players: [...players],
  }
}
