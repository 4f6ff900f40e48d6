import { createRoute } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import type { Random } from '@innkeeper/protocol/tools'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { diceRollPayload } from '@innkeeper/tabletop/table/messages'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { SessionAuthenticator } from '../session-authenticator'
import { forPlayers } from './current-player'
import { historyQuery, historySchema, rolledEvent, rollHeaders, rollLog, rollSchema } from './dice-schemas'

/** What the dice routes stand on. */
export interface DiceRoutesOptions {
  /** By seat. */
  readonly rolls: AttemptLimit
  readonly rooms: Rooms
  readonly authenticator: SessionAuthenticator
  readonly random: Random
}

/** `/api/dice`: the same dice as on the socket, and seen there at once. */
export function addDiceRoutes(app: HttpApp, options: DiceRoutesOptions): void {
  addRollRoute(app, options)
  addHistoryRoute(app, options)
}

function addRollRoute(app: HttpApp, { rooms, authenticator, random, rolls }: DiceRoutesOptions): void {
  const route = createRoute({
    method: 'post',
    path: '/api/dice/roll',
    tags: ['dice'],
    summary: 'Roll dice at the table',
    ...forPlayers(authenticator),
    request: {
      headers: rollHeaders,
      body: { required: true, content: { 'application/json': { schema: diceRollPayload } } },
    },
    responses: {
      200: { description: 'The roll', content: { 'application/json': { schema: rollSchema } } },
      ...problemAnswers('validation-failed', 'dice-refused', 'token-invalid', 'not-allowed'),
      ...problemAnswers('room-not-found', 'conflict', 'too-many'),
    },
  })
  app.openapi(route, async (context) => {
    const { uuid, seat, session } = context.get('player')
    await rolls.consume(uuid)
    const id = context.req.valid('header')['idempotency-key'] ?? random.uuid()
    const command = { id, name: 'dice.roll', payload: context.req.valid('json') }
    const events = await rooms.execute(session.id, { uuid, role: seat.role }, command)
    const rolled = events.find((event) => event.name === 'dice.rolled')
    if (rolled === undefined) throw new AppError('conflict', 'This key was used for something else')
    return context.json(rolledEvent.parse(rolled), 200)
  })
}

function addHistoryRoute(app: HttpApp, { rooms, authenticator }: DiceRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/dice/history',
    tags: ['dice'],
    summary: 'The rolls that this player may see, newest first',
    ...forPlayers(authenticator),
    request: { query: historyQuery },
    responses: {
      200: { description: 'A page of rolls', content: { 'application/json': { schema: historySchema } } },
      ...problemAnswers('validation-failed', 'token-invalid', 'room-not-found'),
    },
  })
  app.openapi(route, async (context) => {
    const { uuid, seat, session } = context.get('player')
    const { before = Number.POSITIVE_INFINITY, limit } = context.req.valid('query')
    const { state } = await rooms.view(session.id, { uuid, role: seat.role })
    const older = rollLog.parse(state).log.filter((roll) => roll.seq < before)
    const rolls = older.slice(-limit).reverse()
    const last = rolls.at(-1)
    const hasMore = older.length > rolls.length && last !== undefined
    return context.json(hasMore ? { rolls, before: last.seq } : { rolls }, 200)
  })
}
