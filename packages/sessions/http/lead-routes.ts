import { createRoute } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { TableTools } from '../gm/table-tools'
import type { SessionAuthenticator } from '../session-authenticator'
import { forPlayers } from './current-player'
import {
  banListSchema,
  banParams,
  editTableBody,
  editedTableSchema,
  joinCodeSchema,
  toBanItem,
} from './lead-schemas'
import { done, jsonAnswer, jsonBody, noStore } from './route-parts'
import { toSessionAnswer } from './session-schemas'

/** What the routes about a table stand on. */
export interface LeadRoutesOptions {
  readonly tableTools: TableTools
  readonly authenticator: SessionAuthenticator
}

const tags = ['session']

/** What a game master does with the table itself. */
export function addLeadRoutes(app: HttpApp, options: LeadRoutesOptions): void {
  addEditRoute(app, options)
  addCodeAndCloseRoutes(app, options)
  addBanRoutes(app, options)
}

function addEditRoute(app: HttpApp, { tableTools, authenticator }: LeadRoutesOptions): void {
  const editRoute = createRoute({
    method: 'patch',
    path: '/api/session',
    tags,
    summary:
      'Change the table: its name, language, edition, house rules, and whether new players may sit down',
    ...forPlayers(authenticator),
    request: { body: jsonBody(editTableBody) },
    responses: {
      200: jsonAnswer('The table as it is now', editedTableSchema),
      ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'not-allowed', 'too-many'),
    },
  })
  app.openapi(editRoute, async (context) => {
    const { name, language, edition, houseRules, joinable } = context.req.valid('json')
    const session = await tableTools.edit(context.get('player'), {
      ...(name === undefined ? {} : { name }),
      ...(language === undefined ? {} : { language }),
      ...(edition === undefined ? {} : { edition }),
      ...(houseRules === undefined ? {} : { houseRules }),
      ...(joinable === undefined ? {} : { isJoinable: joinable }),
    })
    return context.json({ session: toSessionAnswer(session) }, 200, noStore)
  })
}

function addCodeAndCloseRoutes(app: HttpApp, { tableTools, authenticator }: LeadRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const codeRoute = createRoute({
    method: 'post',
    path: '/api/session/join-code',
    tags,
    summary: 'A new join code; the old one opens nothing any more',
    description: 'Nobody who sits at the table is affected.',
    ...guard,
    responses: {
      200: jsonAnswer('The code', joinCodeSchema),
      ...problemAnswers('token-invalid', 'not-allowed', 'too-many'),
    },
  })
  app.openapi(codeRoute, async (context) =>
    context.json({ code: await tableTools.newCode(context.get('player')) }, 200, noStore),
  )

  const closeRoute = createRoute({
    method: 'delete',
    path: '/api/session',
    tags,
    summary: 'Close the table: sockets close with 4404, all tokens end, its history is gone',
    ...guard,
    responses: { ...done('Closed'), ...problemAnswers('token-invalid', 'not-allowed', 'too-many') },
  })
  app.openapi(closeRoute, async (context) => {
    await tableTools.close(context.get('player'))
    return context.body(null, 204)
  })
}

function addBanRoutes(app: HttpApp, { tableTools, authenticator }: LeadRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const listRoute = createRoute({
    method: 'get',
    path: '/api/session/bans',
    tags: ['seats'],
    summary: 'Who may not sit down here, the newest first',
    ...guard,
    responses: {
      200: jsonAnswer('The bans', banListSchema),
      ...problemAnswers('token-invalid', 'not-allowed', 'too-many'),
    },
  })
  app.openapi(listRoute, async (context) => {
    const bans = await tableTools.bans(context.get('player'))
    return context.json({ bans: bans.map(toBanItem) }, 200, noStore)
  })

  const liftRoute = createRoute({
    method: 'delete',
    path: '/api/session/bans/{id}',
    tags: ['seats'],
    summary: 'Lift a ban',
    ...guard,
    request: { params: banParams },
    responses: {
      ...done('Lifted'),
      ...problemAnswers('token-invalid', 'not-allowed', 'not-found', 'too-many'),
    },
  })
  app.openapi(liftRoute, async (context) => {
    await tableTools.liftBan(context.get('player'), context.req.valid('param').id)
    return context.body(null, 204)
  })
}
