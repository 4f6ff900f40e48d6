import { createRoute, type z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Account } from '../accounts/accounts'
import type { LinkedSeat } from '../accounts/linked-seat'
import {
  jsonAnswer,
  jsonBody,
  limitIp,
  needsIdentityToken,
  noStore,
  requirePlayer,
  type RouteParts,
} from './route-parts'
import {
  accountExport,
  accountPatch,
  accountRemoval,
  accountView,
  type linkedSeat,
  passwordChange,
} from './schemas'
import { viewSignIn } from './sign-in-routes'

const read = createRoute({
  method: 'get',
  path: '/auth/account',
  tags: ['account'],
  summary: 'The account',
  security: needsIdentityToken,
  responses: { 200: jsonAnswer('The account', accountView), ...problemAnswers('token-invalid') },
})

const change = createRoute({
  method: 'patch',
  path: '/auth/account',
  tags: ['account'],
  summary: 'Changes the nick; tokens carry it from the next refresh on',
  security: needsIdentityToken,
  request: { body: jsonBody(accountPatch) },
  responses: {
    200: jsonAnswer('The account as it is now', accountView),
    ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'name-taken'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/auth/account',
  tags: ['account'],
  summary: 'Deletes the account; asks for the password again',
  security: needsIdentityToken,
  request: { body: jsonBody(accountRemoval) },
  responses: {
    204: { description: 'Gone, with every sign-in; its names stay taken for 30 days' },
    ...problemAnswers('validation-failed', 'token-invalid', 'credentials-wrong', 'too-many'),
  },
})

const password = createRoute({
  method: 'post',
  path: '/auth/password',
  tags: ['account'],
  summary: 'Changes the password and ends every other sign-in',
  security: needsIdentityToken,
  request: { body: jsonBody(passwordChange) },
  responses: {
    204: { description: 'Changed' },
    ...problemAnswers(
      'validation-failed',
      'password-refused',
      'token-invalid',
      'credentials-wrong',
      'conflict',
      'too-many',
    ),
  },
})

const exportAll = createRoute({
  method: 'get',
  path: '/auth/export',
  tags: ['account'],
  summary: 'Everything that is kept about the account',
  security: needsIdentityToken,
  responses: { 200: jsonAnswer('As a file', accountExport), ...problemAnswers('token-invalid') },
})

/** What an owner does with an account. */
export function addAccountRoutes(app: HttpApp, parts: RouteParts): void {
  const { credentials, families, signIns } = parts
  app.openapi(read, async (context) => {
    const { uuid } = await requirePlayer(context, parts)
    return context.json(viewAccount(await parts.accounts.find(uuid)), 200, noStore)
  })
  app.openapi(change, async (context) => {
    const { uuid } = await requirePlayer(context, parts)
    const account = await credentials.changeNick(uuid, context.req.valid('json').nick)
    return context.json(viewAccount(account), 200, noStore)
  })
  app.openapi(remove, async (context) => {
    const { uuid } = await requirePlayer(context, parts)
    const { password: proof } = context.req.valid('json')
    await credentials.remove({ uuid, password: proof, ip: limitIp(context, parts) })
    return context.body(null, 204)
  })
  app.openapi(password, async (context) => {
    const { uuid, sid } = await requirePlayer(context, parts)
    const ip = limitIp(context, parts)
    await credentials.changePassword({ ...context.req.valid('json'), uuid, keep: sid, ip })
    return context.body(null, 204)
  })
  app.openapi(exportAll, async (context) => {
    const { uuid, sid } = await requirePlayer(context, parts)
    const [account, signedIn, events, tables] = await Promise.all([
      parts.accounts.find(uuid),
      signIns.list(uuid),
      families.events(uuid),
      parts.seatsOf?.(uuid),
    ])
    const file = {
      exportedAt: parts.clock(),
      account: viewAccount(account),
      signIns: signedIn.map((family) => viewSignIn(family, sid)),
      events: events.map((event) => ({
        at: event.at,
        signIn: event.sid,
        kind: event.kind,
        detail: event.detail,
      })),
      ...(tables === undefined ? {} : { tables: tables.map(viewSeat) }),
    }
    const disposition = { 'content-disposition': 'attachment; filename="innkeeper-account.json"' }
    return context.json(file, 200, { ...noStore, ...disposition })
  })
}

function viewSeat({
  id,
  name,
  role,
  player,
  createdAt,
  lastPlayedAt,
}: LinkedSeat): z.output<typeof linkedSeat> {
  return { id, name, role, player: { uuid: player.uuid, name: player.name }, createdAt, lastPlayedAt }
}

function viewAccount(account: Account | undefined): z.output<typeof accountView> {
  if (account === undefined) throw new AppError('token-invalid')
  return {
    uuid: account.uuid,
    username: account.username,
    nick: account.nick,
    createdAt: account.createdAtMs,
    passwordChangedAt: account.passwordChangedAtMs,
  }
}
