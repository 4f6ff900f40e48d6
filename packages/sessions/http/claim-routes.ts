import { createRoute } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Claims } from '../claims/claims'
import type { SessionAuthenticator } from '../session-authenticator'
import {
  claimBody,
  claimListSchema,
  claimParams,
  collectBody,
  madeClaimSchema,
  pendingClaimSchema,
  toClaimItem,
} from './claim-schemas'
import { forPlayers } from './current-player'
import { callerOf, done, jsonAnswer, jsonBody, noStore, type CallerOptions } from './route-parts'
import { seatGrantSchema, toGrantAnswer } from './session-schemas'

/** What the claim routes stand on. */
export interface ClaimRoutesOptions extends CallerOptions {
  readonly claims: Claims
  readonly authenticator: SessionAuthenticator
}

const tags = ['claims']

const makeRoute = createRoute({
  method: 'post',
  path: '/api/session/claims',
  tags,
  summary: 'Ask the game master for a seat that is yours',
  description:
    'For a player who has lost every key. The game master sees it at once (event `seat.claimed`), and approves or ' +
    'declines it. Ask for the answer with the secret. A claim ends after ten minutes.',
  request: { body: jsonBody(claimBody) },
  responses: {
    201: jsonAnswer('The claim', madeClaimSchema),
    ...problemAnswers('validation-failed', 'name-refused', 'not-allowed', 'session-not-found', 'not-found'),
    ...problemAnswers('too-many'),
  },
})

const collectRoute = createRoute({
  method: 'post',
  path: '/api/session/claims/{id}',
  tags,
  summary: 'Ask what became of a claim',
  description:
    'Once it is approved, the answer is the seat: tokens from before end, with their sockets, and the recovery key is ' +
    'a new one. For ten minutes it may be asked for again, in case the answer was lost.',
  request: { params: claimParams, body: jsonBody(collectBody) },
  responses: {
    200: jsonAnswer('Approved: the seat and everything that opens it', seatGrantSchema),
    202: jsonAnswer('No answer yet', pendingClaimSchema),
    ...problemAnswers('validation-failed', 'claim-declined', 'not-found', 'too-many'),
  },
})

/** Claims to seats, from both sides. */
export function addClaimRoutes(app: HttpApp, options: ClaimRoutesOptions): void {
  const { claims } = options

  app.openapi(makeRoute, async (context) => {
    const made = await claims.make(context.req.valid('json'), callerOf(context, options))
    return context.json(made, 201, noStore)
  })

  app.openapi(collectRoute, async (context) => {
    const { id } = context.req.valid('param')
    const { claimSecret } = context.req.valid('json')
    const answer = await claims.collect(id, claimSecret, callerOf(context, options))
    if (answer.kind === 'granted') return context.json(toGrantAnswer(answer.grant), 200, noStore)
    return context.json({ state: answer.kind, expiresIn: answer.expiresIn }, 202, noStore)
  })

  addAnswerRoutes(app, options)
}

function addAnswerRoutes(app: HttpApp, { claims, authenticator }: ClaimRoutesOptions): void {
  const guard = forPlayers(authenticator)

  const listRoute = createRoute({
    method: 'get',
    path: '/api/session/claims',
    tags,
    summary: 'Claims that wait for the game master, the oldest first',
    ...guard,
    responses: {
      200: jsonAnswer('The claims', claimListSchema),
      ...problemAnswers('token-invalid', 'not-allowed', 'too-many'),
    },
  })
  app.openapi(listRoute, async (context) => {
    const open = await claims.list(context.get('player'))
    return context.json({ claims: open.map(toClaimItem) }, 200, noStore)
  })

  for (const answer of ['approve', 'decline'] as const) {
    const answerRoute = createRoute({
      method: 'post',
      path: `/api/session/claims/{id}/${answer}`,
      tags,
      summary: answer === 'approve' ? 'Say that it is them' : 'Say that it is not them',
      ...guard,
      request: { params: claimParams },
      responses: {
        ...done('Answered'),
        ...problemAnswers('token-invalid', 'not-allowed', 'not-found', 'too-many'),
      },
    })
    app.openapi(answerRoute, async (context) => {
      await claims[answer](context.get('player'), context.req.valid('param').id)
      return context.body(null, 204)
    })
  }
}
