import { createRoute } from '@hono/zod-openapi'
import { parseRoomId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { AccountTables } from '../accounts/account-tables'
import type { SessionAuthenticator } from '../session-authenticator'
import { requiredAccountHeader, tableListSchema, tableParams, toTableItem } from './account-schemas'
import { forPlayers } from './current-player'
import { callerOf, done, jsonAnswer, noStore, requireAccount, type CallerOptions } from './route-parts'
import { deviceGrantSchema, toDeviceAnswer } from './session-schemas'

/** What the routes about accounts stand on. */
export interface AccountRoutesOptions extends CallerOptions {
  readonly accountTables: AccountTables
  readonly authenticator: SessionAuthenticator
}

const security = [{ identityToken: [] }]
const tags = ['accounts at tables']

const listRoute = createRoute({
  method: 'get',
  path: '/api/tables',
  tags,
  summary: 'The open tables at which this account has a seat, the latest played first',
  security,
  responses: { 200: jsonAnswer('The tables', tableListSchema), ...problemAnswers('token-invalid') },
})

const enterRoute = createRoute({
  method: 'post',
  path: '/api/tables/{id}/enter',
  tags,
  summary: 'Sit down on this device, at the seat that the account has',
  description: 'Devices that are signed in stay so, and the recovery key stays as it is.',
  security,
  request: { params: tableParams },
  responses: {
    200: jsonAnswer('The seat, and what opens it on this device', deviceGrantSchema),
    ...problemAnswers('token-invalid', 'room-not-found', 'too-many'),
  },
})

/** What accounts have at tables; identity tokens come in `tokenJwt` or as `Authorization: Bearer`. */
export function addAccountRoutes(app: HttpApp, options: AccountRoutesOptions): void {
  const { accountTables, authenticator, verifyIdentity } = options

  app.openapi(listRoute, async (context) => {
    const tables = await accountTables.list(await requireAccount(context, options))
    return context.json({ tables: tables.map(toTableItem) }, 200, noStore)
  })

  app.openapi(enterRoute, async (context) => {
    const account = await requireAccount(context, options)
    const id = parseRoomId(context.req.valid('param').id)
    if (id === undefined) throw new AppError('room-not-found')
    const grant = await accountTables.enter(account, id, callerOf(context, options))
    return context.json(toDeviceAnswer(grant), 200, noStore)
  })

  const linkRoute = createRoute({
    method: 'post',
    path: '/api/session/link',
    tags,
    summary: 'Link this seat to an account',
    description:
      'A guest who has registered keeps uuid, seat, history and live socket. One account has one seat at a table.',
    ...forPlayers(authenticator),
    request: { headers: requiredAccountHeader },
    responses: {
      ...done('Linked'),
      ...problemAnswers('validation-failed', 'token-invalid', 'not-allowed', 'banned', 'already-seated'),
      ...problemAnswers('too-many'),
    },
  })
  app.openapi(linkRoute, async (context) => {
    const { uuid } = await verifyIdentity(context.req.valid('header').tokenjwt)
    await accountTables.link(context.get('player'), uuid)
    return context.body(null, 204)
  })
}
