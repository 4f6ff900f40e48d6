import { z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import { parseRoomId, type RoomId } from '@innkeeper/protocol/ids'
import { andThen, type Soon } from '@innkeeper/protocol/tools'
import { addDirectRoute } from '@innkeeper/web-kit/add-direct-route'
import type { DirectCall, DirectTarget } from '@innkeeper/web-kit/direct-routes'
import { callerIp, type HttpApp } from '@innkeeper/web-kit/http-app'
import { ipForLimits, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { type TicketAnswer, writeTicketAnswer } from '../tickets/ticket-answer'
import type { Authenticate, Holder, TicketDesk } from '../tickets/ticket-desk'
import { presentedToken } from './room-routes'
import { guestBody, ticketAnswer } from './room-schemas'

export interface TicketRouteOptions {
  readonly desk: TicketDesk
  /** Identity tokens and session access tokens. */
  readonly authenticate: Authenticate
  readonly proxies: TrustedProxies
  /** Guests of one address: whoever has a token has been counted where it was issued. @throws AppError `too-many` */
  readonly limit: (ip: string) => Promise<void>
}

const documentation = {
  method: 'post' as const,
  path: '/getTicket/{roomId}',
  tags: ['tickets'],
  summary: 'Hands out the key to one room',
  description:
    'With a token in `tokenJwt` or `Authorization: Bearer`: a ticket for that player. A player who is in this same ' +
    'room gets a new ticket (reconnection); one who is in another room is refused, unless `move=true` lets them leave ' +
    'it first. Without a token and with `{"username"}`: a ticket for a guest.',
  security: [{ identityToken: [] }, { accessToken: [] }, {}],
  request: {
    params: z.object({ roomId: z.string() }),
    query: z.object({ move: z.enum(['true', 'false']).optional() }),
    headers: z.object({ tokenJwt: z.string().optional() }),
    body: { content: { 'application/json': { schema: guestBody } }, required: false },
  },
  responses: {
    200: { description: 'The ticket', content: { 'application/json': { schema: ticketAnswer } } },
    ...problemAnswers(
      'validation-failed',
      'name-refused',
      'token-invalid',
      'room-not-found',
      'banned',
      'guests-not-allowed',
      'not-allowed',
      'room-full',
      'already-in-room',
      'too-many',
    ),
  },
}

/**
 * POST /getTicket/:roomId, the hottest route of the server: documented like every other, but neither routed nor
 * validated by the machinery of the others, which costs more than all the rest of it.
 */
export function addTicketRoute(app: HttpApp, options: TicketRouteOptions): void {
  app.openAPIRegistry.registerPath(documentation)
  addDirectRoute(app, '/getTicket/', (call, target) => {
    const token = presentedToken(call.req.raw)
    const answer =
      token === undefined
        ? forGuest(call, target, options)
        : andThen(options.authenticate(token), (holder) => forHolder(holder, target, options))
    return andThen(answer, (ticket) => new Response(writeTicketAnswer(ticket), answered))
  })
}

const answered = {
  headers: new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' }),
}

function forHolder(
  holder: Holder,
  { segment, query }: DirectTarget,
  { desk }: TicketRouteOptions,
): Soon<TicketAnswer> {
  return desk.issueTo(holder, requireRoom(segment), () => query('move') === 'true')
}

async function forGuest(
  call: DirectCall,
  { segment }: DirectTarget,
  { desk, limit, proxies }: TicketRouteOptions,
): Promise<TicketAnswer> {
  const body = guestBody.safeParse(parseJson(await call.req.raw.text()))
  // Neither a token nor a name: there is nobody to give a ticket to.
  if (!body.success || body.data.username === undefined) throw new AppError('token-invalid')
  await limit(ipForLimits(callerIp(call, proxies)))
  return desk.issueToGuest(body.data.username, requireRoom(segment))
}

function requireRoom(segment: string): RoomId {
  const id = parseRoomId(segment)
  if (id === undefined) throw new AppError('room-not-found')
  return id
}

function parseJson(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('bad-request', 'The body is not JSON')
  }
}
