import { createRoute } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { SeatTools } from '../gm/seat-tools'
import type { SessionAuthenticator } from '../session-authenticator'
import { forPlayers } from './current-player'
import { banBody, lendBody, renameBody, renamedSchema, untilSchema } from './lead-schemas'
import { done, json, jsonAnswer, jsonBody, noStore, playerParams, requirePlayer } from './route-parts'
import { toSeatAnswer } from './session-schemas'

/** What the routes about players stand on. */
export interface PlayerRoutesOptions {
  readonly seatTools: SeatTools
  readonly authenticator: SessionAuthenticator
}

const tags = ['seats']
const toolProblems = problemAnswers(
  'validation-failed',
  'token-invalid',
  'not-allowed',
  'not-found',
  'too-many',
)

/** What a game master does with the seats of their table, and a player with their own. */
export function addPlayerRoutes(app: HttpApp, options: PlayerRoutesOptions): void {
  addLeaveRoute(app, options)
  addRemovalRoutes(app, options)
  addRenameRoute(app, options)
  addRoleRoutes(app, options)
}

function addLeaveRoute(app: HttpApp, { seatTools, authenticator }: PlayerRoutesOptions): void {
  const leaveRoute = createRoute({
    method: 'delete',
    path: '/api/session/players/me',
    tags,
    summary: 'Leave the table for good',
    description: 'The seat ends with its tokens and sockets; its characters stay with the game master.',
    ...forPlayers(authenticator),
    responses: {
      ...done('Left'),
      ...problemAnswers('token-invalid', 'not-allowed', 'conflict', 'too-many'),
    },
  })
  app.openapi(leaveRoute, async (context) => {
    await seatTools.leave(context.get('player'))
    return context.body(null, 204)
  })
}

function addRemovalRoutes(app: HttpApp, { seatTools, authenticator }: PlayerRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const kickRoute = createRoute({
    method: 'delete',
    path: '/api/session/players/{uuid}',
    tags,
    summary: 'Send a player out; they may sit down again',
    description: 'The seat ends with its tokens and sockets; its characters stay with the game master.',
    ...guard,
    request: { params: playerParams },
    responses: { ...done('Sent out'), ...toolProblems, ...problemAnswers('conflict') },
  })
  app.openapi(kickRoute, async (context) => {
    await seatTools.kick(context.get('player'), requirePlayer(context.req.valid('param').uuid))
    return context.body(null, 204)
  })

  const banRoute = createRoute({
    method: 'post',
    path: '/api/session/players/{uuid}/ban',
    tags,
    summary: 'Send a player out and keep them out',
    description:
      'The name is held, with all that look like it, and the account where the seat has one. Somebody without an ' +
      'account may come back under another name: rotate the join code, or close the table to new players.',
    ...guard,
    request: { params: playerParams, body: { required: false, content: json(banBody) } },
    responses: { 200: jsonAnswer('Until when', untilSchema), ...toolProblems, ...problemAnswers('conflict') },
  })
  app.openapi(banRoute, async (context) => {
    const uuid = requirePlayer(context.req.valid('param').uuid)
    const until = await seatTools.ban(context.get('player'), uuid, context.req.valid('json').minutes)
    return context.json({ until }, 200, noStore)
  })
}

function addRenameRoute(app: HttpApp, { seatTools, authenticator }: PlayerRoutesOptions): void {
  const renameRoute = createRoute({
    method: 'patch',
    path: '/api/session/players/{uuid}',
    tags,
    summary: 'Give a player another name, by the rules of joining',
    ...forPlayers(authenticator),
    request: { params: playerParams, body: jsonBody(renameBody) },
    responses: {
      200: jsonAnswer('The seat as it is now', renamedSchema),
      ...toolProblems,
      ...problemAnswers('name-taken'),
      ...problemAnswers('validation-failed', 'name-refused'),
    },
  })
  app.openapi(renameRoute, async (context) => {
    const uuid = requirePlayer(context.req.valid('param').uuid)
    const seat = await seatTools.rename(context.get('player'), uuid, context.req.valid('json').name)
    return context.json({ player: toSeatAnswer(seat) }, 200, noStore)
  })
}

function addRoleRoutes(app: HttpApp, { seatTools, authenticator }: PlayerRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const handOverRoute = createRoute({
    method: 'post',
    path: '/api/session/players/{uuid}/hand-over',
    tags,
    summary: 'Hand the table over: that player leads, the game master becomes a player',
    ...guard,
    request: { params: playerParams },
    responses: { ...done('Handed over'), ...toolProblems, ...problemAnswers('conflict') },
  })
  app.openapi(handOverRoute, async (context) => {
    await seatTools.handOver(context.get('player'), requirePlayer(context.req.valid('param').uuid))
    return context.body(null, 204)
  })

  const lendRoute = createRoute({
    method: 'post',
    path: '/api/session/players/{uuid}/lend',
    tags,
    summary: 'Lend the game master’s tools for a time',
    description:
      'That player sees and does at the table what the game master may, until the time is over. Seats, bans, claims, ' +
      'the join code and the table itself stay with its own game master.',
    ...guard,
    request: { params: playerParams, body: jsonBody(lendBody) },
    responses: { 200: jsonAnswer('Until when', untilSchema), ...toolProblems, ...problemAnswers('conflict') },
  })
  app.openapi(lendRoute, async (context) => {
    const uuid = requirePlayer(context.req.valid('param').uuid)
    const until = await seatTools.lend(context.get('player'), uuid, context.req.valid('json').minutes)
    return context.json({ until }, 200, noStore)
  })

  const takeBackRoute = createRoute({
    method: 'delete',
    path: '/api/session/players/{uuid}/lend',
    tags,
    summary: 'End a lent role before its time; whoever has it may give it back',
    ...guard,
    request: { params: playerParams },
    responses: { ...done('It is over'), ...toolProblems },
  })
  app.openapi(takeBackRoute, async (context) => {
    await seatTools.takeBack(context.get('player'), requirePlayer(context.req.valid('param').uuid))
    return context.body(null, 204)
  })
}
