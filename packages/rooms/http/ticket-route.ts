import { z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import { parseRoomId, type RoomId } from '@innkeeper/protocol/ids'
import { callerIp, type HttpApp, type HttpEnv } from '@innkeeper/web-kit/http-app'
import { ipForLimits, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Context } from 'hono'
import type { Authenticate, TicketAnswer, TicketDesk } from '../tickets/ticket-desk'
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
 * POST /getTicket/:roomId, the hottest route of the server: documented like every other, but not run through the
 * schema machinery, which costs more than all the rest of it.
 */
export function addTicketRoute(app: HttpApp, options: TicketRouteOptions): void {
  app.openAPIRegistry.registerPath(documentation)
  app.post('/getTicket/:roomId', async (context) => {
    const token = presentedToken(context)
    const answer =
      token === undefined ? await forGuest(context, options) : await forHolder(context, options, token)
    return new Response(JSON.stringify(answer), { headers })
  })
}

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }

async function forHolder(
  context: Context<HttpEnv>,
  { desk, authenticate }: TicketRouteOptions,
  token: string,
): Promise<TicketAnswer> {
  const holder = await authenticate(token)
  return await desk.issueTo(holder, requireRoom(context), context.req.query('move') === 'true')
}

async function forGuest(
  context: Context<HttpEnv>,
  { desk, limit, proxies }: TicketRouteOptions,
): Promise<TicketAnswer> {
  const body = guestBody.safeParse(await readJson(context))
  // Neither a token nor a name: there is nobody to give a ticket to.
  if (!body.success || body.data.username === undefined) throw new AppError('token-invalid')
  await limit(ipForLimits(callerIp(context, proxies)))
  return await desk.issueToGuest(body.data.username, requireRoom(context))
}

function requireRoom(context: Context<HttpEnv>): RoomId {
  const id = parseRoomId(context.req.param('roomId'))
  if (id === undefined) throw new AppError('room-not-found')
  return id
}

async function readJson(context: Context<HttpEnv>): Promise<unknown> {
  const text = await context.req.text()
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('bad-request', 'The body is not JSON')
  }
}
