import type { Context } from 'hono'
import { createRoute, z } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { findCommand, openCommands } from '@innkeeper/tabletop/table/commands/all-commands'
import { combatantEdits } from '@innkeeper/tabletop/combat/roster-payloads'
import type { SessionAuthenticator } from '../../session-authenticator'
import { forPlayers, type PlayerEnv } from '../current-player'
import { jsonAnswer, jsonBody } from '../route-parts'
import { toCombatAnswer } from './combat-answer'
import { combatEventsSchema, combatSchema, commandHeaders } from './game-schemas'
import { parseTableEvent, type Play } from './play'
import { tableBody } from './table-schema'

/** What the routes of the game stand on. */
export interface GameRoutesOptions {
  readonly play: Play
  readonly authenticator: SessionAuthenticator
}

const tags = ['combat']
const failures = problemAnswers(
  'validation-failed',
  'dice-refused',
  'token-invalid',
  'not-allowed',
  'conflict',
  'not-found',
  'room-not-found',
  'too-large',
)
const idParam = z.object({ id: z.string().max(64) })

/** Commands whose path says what they are about; all others are `POST /api/combat/<what>`. */
const named: Readonly<Record<string, string>> = {
  'combat.add': '/api/combat/combatants',
  'combat.condition': '/api/combat/conditions',
  undo: '/api/combat/undo',
  redo: '/api/combat/redo',
}
/** Commands that have a path with an id in it. */
const aboutOne = ['combat.edit', 'combat.remove', 'combat.remove-condition']

/** @returns where a command is `POST`ed to */
export function combatPath(name: string): string {
  return named[name] ?? `/api/combat/${name.slice('combat.'.length)}`
}

/** `/api/combat`: the fight, and everything that can be done in it, as on the socket. */
export function addCombatRoutes(app: HttpApp, options: GameRoutesOptions): void {
  addCombatView(app, options)
  for (const { name } of openCommands) {
    const isOfCombat = name.startsWith('combat.') || Object.hasOwn(named, name)
    if (isOfCombat && !aboutOne.includes(name)) addCommandRoute(app, options, name)
  }
  addCombatantRoutes(app, options)
}

function addCombatView(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/combat',
    tags,
    summary: 'The fight at this table, in the order of its turns',
    ...forPlayers(authenticator),
    responses: {
      200: jsonAnswer('The fight as this player may see it', combatSchema),
      ...problemAnswers('token-invalid', 'room-not-found'),
    },
  })
  app.openapi(route, async (context) => context.json(toCombatAnswer(await play.see(context)), 200))
}

function addCommandRoute(app: HttpApp, { play, authenticator }: GameRoutesOptions, name: string): void {
  const command = findCommand(name)
  if (!command) throw new Error(`There is no command ${name}`)
  const route = createRoute({
    method: 'post',
    path: combatPath(name),
    tags,
    summary: command.summary,
    ...forPlayers(authenticator),
    request: { headers: commandHeaders, body: jsonBody(tableBody(app, name, command.payload)) },
    responses: { 200: jsonAnswer('What happened, and the fight after it', combatEventsSchema), ...failures },
  })
  app.openapi(route, async (context) => {
    return context.json(await act(play, context, { name, payload: context.req.valid('json') }), 200)
  })
}

function addCombatantRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const common = { tags, ...forPlayers(authenticator) }
  const responses = {
    200: jsonAnswer('What happened, and the fight after it', combatEventsSchema),
    ...failures,
  }
  const editRoute = createRoute({
    method: 'patch',
    path: '/api/combat/combatants/{id}',
    ...common,
    summary: 'Change a combatant by hand',
    request: {
      headers: commandHeaders,
      params: idParam,
      body: jsonBody(tableBody(app, 'combat.edit', combatantEdits)),
    },
    responses,
  })
  app.openapi(editRoute, async (context) => {
    const payload = { id: context.req.valid('param').id, changes: context.req.valid('json') }
    return context.json(await act(play, context, { name: 'combat.edit', payload }), 200)
  })

  const removeRoute = createRoute({
    method: 'delete',
    path: '/api/combat/combatants/{id}',
    ...common,
    summary: 'A combatant leaves the fight',
    request: { headers: commandHeaders, params: idParam },
    responses,
  })
  app.openapi(removeRoute, async (context) => {
    const payload = { targets: [context.req.valid('param').id] }
    return context.json(await act(play, context, { name: 'combat.remove', payload }), 200)
  })

  const conditionRoute = createRoute({
    method: 'delete',
    path: '/api/combat/conditions/{id}/{condition}',
    ...common,
    summary: 'A condition of a creature is over',
    request: { headers: commandHeaders, params: idParam.extend({ condition: z.string().max(64) }) },
    responses,
  })
  app.openapi(conditionRoute, async (context) => {
    const payload = context.req.valid('param')
    return context.json(await act(play, context, { name: 'combat.remove-condition', payload }), 200)
  })
}

interface Act {
  readonly name: string
  readonly payload: unknown
}

/** Gives the command, and answers what it made happen with the fight after it. */
async function act(
  play: Play,
  context: Context<PlayerEnv>,
  { name, payload }: Act,
): Promise<z.infer<typeof combatEventsSchema>> {
  const events = await play.give(context, name, payload)
  return { ...toCombatAnswer(await play.see(context)), events: events.map(parseTableEvent) }
}
