import { createRoute } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import { toAppError } from '@innkeeper/rooms/runtime/refusal'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { distributionOf } from '@innkeeper/tabletop/dice/dice-distribution'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { printDice } from '@innkeeper/tabletop/dice/print-dice'
import { reseedPayload } from '@innkeeper/tabletop/table/commands/dice-commands'
import { diceRefused } from '@innkeeper/tabletop/table/dice-refused'
import { logOf } from '@innkeeper/tabletop/table/log-of'
import { diceRollPayload } from '@innkeeper/tabletop/table/messages'
import type { RollEntry } from '@innkeeper/tabletop/table/table-state'
import type { SessionAuthenticator } from '../session-authenticator'
import { forPlayers } from './current-player'
import {
  distributionQuery,
  distributionSchema,
  historyQuery,
  historySchema,
  rollSchema,
  toRollAnswer,
  type HistoryQuery,
} from './dice-schemas'
import { commandHeaders, eventsSchema } from './game/game-schemas'
import { parseTableEvent, type Play } from './game/play'
import { json, jsonAnswer, jsonBody } from './route-parts'

/** What the dice routes stand on. */
export interface DiceRoutesOptions {
  /** By seat. */
  readonly rolls: AttemptLimit
  readonly play: Play
  readonly authenticator: SessionAuthenticator
}

const tags = ['dice']

/** `/api/dice`: the same dice as on the socket, and seen there at once. */
export function addDiceRoutes(app: HttpApp, options: DiceRoutesOptions): void {
  addRollRoute(app, options)
  addHistoryRoute(app, options)
  addDistributionRoute(app, options)
}

function addRollRoute(app: HttpApp, { play, authenticator, rolls }: DiceRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const route = createRoute({
    method: 'post',
    path: '/api/dice/roll',
    tags,
    summary: 'Roll dice at the table',
    ...guard,
    request: { headers: commandHeaders, body: jsonBody(diceRollPayload) },
    responses: {
      200: jsonAnswer('The roll', rollSchema),
      ...problemAnswers('validation-failed', 'dice-refused', 'token-invalid', 'not-allowed'),
      ...problemAnswers('room-not-found', 'conflict', 'too-many'),
    },
  })
  app.openapi(route, async (context) => {
    await rolls.consume(context.get('player').uuid)
    const events = await play.give(context, 'dice.roll', context.req.valid('json'))
    const rolled = events.map(parseTableEvent).find((event) => event.name === 'dice.rolled')
    if (rolled === undefined) throw new AppError('conflict', 'This key was used for something else')
    return context.json(toRollAnswer(rolled), 200)
  })

  const reseedRoute = createRoute({
    method: 'post',
    path: '/api/dice/reseed',
    tags,
    summary: 'Make the dice seed public, so that its rolls can be verified, and commit to a new one',
    ...guard,
    request: { headers: commandHeaders, body: { required: false, content: json(reseedPayload) } },
    responses: {
      200: jsonAnswer('The seed that is public now, and the next commitment', eventsSchema),
      ...problemAnswers('token-invalid', 'not-allowed', 'room-not-found'),
    },
  })
  app.openapi(reseedRoute, async (context) => {
    const events = await play.give(context, 'dice.reseed', context.req.valid('json'))
    return context.json({ events: events.map(parseTableEvent) }, 200)
  })
}

function addHistoryRoute(app: HttpApp, { play, authenticator }: DiceRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/dice/history',
    tags,
    summary: 'The rolls that this player may see, newest first',
    description:
      'A page may be short, or empty, and still name the next one: `before` says whether there is more.',
    ...forPlayers(authenticator),
    request: { query: historyQuery },
    responses: {
      200: jsonAnswer('A page of rolls', historySchema),
      ...problemAnswers('validation-failed', 'token-invalid', 'room-not-found'),
    },
  })
  app.openapi(route, async (context) => {
    const query = context.req.valid('query')
    const { before, limit } = query
    const names = ['dice.rolled', 'log.imported']
    const page = await play.history(context, { limit, names, ...(before === undefined ? {} : { before }) })
    const entries = page.events.flatMap((event) => logOf(parseTableEvent(event)).toReversed())
    const rolls = entries
      .filter((entry) => entry.name === 'dice.rolled')
      .filter((roll) => isWanted(roll, query))
      .map(toRollAnswer)
    return context.json(page.before === undefined ? { rolls } : { rolls, before: page.before }, 200)
  })
}

function isWanted({ by, payload }: RollEntry, query: HistoryQuery): boolean {
  if (query.by !== undefined && query.by !== by) return false
  if (query.visibility !== undefined && query.visibility !== payload.visibility) return false
  if (query.text === undefined) return true
  const wanted = query.text.toLowerCase()
  const name = 'check' in payload ? payload.check.name : undefined
  return [payload.label, payload.expression, name].some((text) => text?.toLowerCase().includes(wanted))
}

function addDistributionRoute(app: HttpApp, { authenticator }: DiceRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/dice/distribution',
    tags,
    summary: 'How likely each total of an expression is, exactly',
    ...forPlayers(authenticator),
    request: { query: distributionQuery },
    responses: {
      200: jsonAnswer('The distribution; of a repeated expression, of one run', distributionSchema),
      ...problemAnswers('validation-failed', 'dice-refused', 'token-invalid'),
    },
  })
  app.openapi(route, (context) => {
    const parsed = parseDice(context.req.valid('query').expression)
    if ('error' in parsed) throw toAppError(diceRefused(parsed.error))
    const distribution = distributionOf(parsed.expression)
    if ('error' in distribution) {
      const { code: diceCode, hint } = distribution.error
      throw new AppError('dice-refused', hint, { diceCode, hint })
    }
    const outcomes = distribution.outcomes.map((outcome) => ({ ...outcome }))
    return context.json({ expression: printDice(parsed.expression), ...distribution, outcomes }, 200)
  })
}
