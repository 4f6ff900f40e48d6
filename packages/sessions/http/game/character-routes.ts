import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import type { Recorded, RoomEvent } from '@innkeeper/rooms/room-type'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { creation, edit, gift } from '@innkeeper/tabletop/characters/character-payloads'
import {
  characterDocument,
  exportCharacter,
  type CharacterDocument,
} from '@innkeeper/tabletop/characters/exchange'
import { rest } from '@innkeeper/tabletop/characters/rest'
import { characterRoll } from '@innkeeper/tabletop/characters/roll-character'
import { ownOf } from '@innkeeper/tabletop/table/own-of'
import { forPlayers } from '../current-player'
import { jsonAnswer, jsonBody } from '../route-parts'
import { noSuchCharacter, toCharacterAnswer } from './character-answer'
import type { GameRoutesOptions } from './combat-routes'
import { characterSchema, charactersSchema, commandHeaders, eventsSchema } from './game-schemas'
import { parseTableEvent } from './play'
import { namedSchema, tableBody } from './table-schema'

const tags = ['characters']
const idParam = z.object({ id: z.string().max(64) })
const failures = problemAnswers(
  'validation-failed',
  'token-invalid',
  'not-allowed',
  'conflict',
  'not-found',
  'stale-edit',
  'room-not-found',
  'too-large',
)
const responses = { 200: jsonAnswer('The character as it is now', characterSchema), ...failures }

/** `/api/characters`: the sheets. */
export function addCharacterRoutes(app: HttpApp, options: GameRoutesOptions): void {
  addReadRoutes(app, options)
  addCreateRoutes(app, options)
  addEditRoutes(app, options)
  addPlayRoutes(app, options)
}

function addReadRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const listRoute = createRoute({
    method: 'get',
    path: '/api/characters',
    tags,
    summary: 'The sheets at this table, as far as this player may read them',
    ...guard,
    responses: {
      200: jsonAnswer('The characters', charactersSchema),
      ...problemAnswers('token-invalid', 'room-not-found'),
    },
  })
  app.openapi(listRoute, async (context) => {
    const seen = await play.see(context)
    const characters = Object.keys(seen.table.game.character).map((id) => toCharacterAnswer(seen, id))
    return context.json({ seq: seen.seq, characters }, 200)
  })

  const oneRoute = createRoute({
    method: 'get',
    path: '/api/characters/{id}',
    tags,
    summary: 'One sheet, with its derived numbers and what they are made of',
    ...guard,
    request: { params: idParam },
    responses,
  })
  app.openapi(oneRoute, async (context) =>
    context.json(toCharacterAnswer(await play.see(context), context.req.valid('param').id), 200),
  )

  const exportRoute = createRoute({
    method: 'get',
    path: '/api/characters/{id}/export',
    tags,
    summary: 'A character as a document, to take to another table',
    ...guard,
    request: { params: idParam },
    responses: {
      200: jsonAnswer('The document', namedSchema<CharacterDocument>('CharacterDocument')),
      ...failures,
    },
  })
  app.openapi(exportRoute, async (context) => {
    const { id } = context.req.valid('param')
    const { table } = await play.see(context)
    const [character, vitals] = [ownOf(table.game.character, id), ownOf(table.game.vitals, id)]
    const document = character && vitals ? exportCharacter(character, vitals) : null
    if (document === null) throw noSuchCharacter()
    return context.json(document, 200)
  })
}

function addCreateRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const created = { 201: jsonAnswer('The new character', characterSchema), ...failures }
  const createCharacter = createRoute({
    method: 'post',
    path: '/api/characters',
    tags,
    summary: 'Make a character; a name is enough',
    ...forPlayers(authenticator),
    request: { headers: commandHeaders, body: jsonBody(tableBody(app, 'character.create', creation)) },
    responses: created,
  })
  app.openapi(createCharacter, async (context) => {
    const payload = context.req.valid('json')
    const events = await play.give(context, 'character.create', payload)
    return context.json(toCharacterAnswer(await play.see(context), newIdIn(events)), 201)
  })

  const importCharacter = createRoute({
    method: 'post',
    path: '/api/characters/import',
    tags,
    summary: 'Make a character from a document that a table gave out',
    ...forPlayers(authenticator),
    request: {
      headers: commandHeaders,
      body: jsonBody(tableBody(app, 'CharacterDocument', characterDocument)),
    },
    responses: created,
  })
  app.openapi(importCharacter, async (context) => {
    const payload = { document: context.req.valid('json') }
    const events = await play.give(context, 'character.import', payload)
    return context.json(toCharacterAnswer(await play.see(context), newIdIn(events)), 201)
  })
}

const madeCharacter = z.object({
  payload: z.object({ changes: z.array(z.object({ kind: z.string(), id: z.string() })) }),
})

function newIdIn(events: readonly Recorded<RoomEvent>[]): string {
  for (const event of events) {
    const made = madeCharacter.safeParse(event)
    const change = made.data?.payload.changes.find(({ kind }) => kind === 'character')
    if (change) return change.id
  }
  throw new AppError('conflict', 'This key was used for something else')
}

function addEditRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const guard = forPlayers(authenticator)
  const editRoute = createRoute({
    method: 'patch',
    path: '/api/characters/{id}',
    tags,
    summary: 'Replace fields of a character, unless somebody changed them meanwhile',
    description: 'A stale edit is refused with `stale-edit`: what changed, and what it is now.',
    ...guard,
    request: {
      headers: commandHeaders,
      params: idParam,
      body: jsonBody(tableBody(app, 'character.edit', edit.omit({ id: true }))),
    },
    responses,
  })
  app.openapi(editRoute, async (context) => {
    const { id } = context.req.valid('param')
    await play.give(context, 'character.edit', { ...context.req.valid('json'), id })
    return context.json(toCharacterAnswer(await play.see(context), id), 200)
  })

  const giveRoute = createRoute({
    method: 'post',
    path: '/api/characters/{id}/give',
    tags,
    summary: 'Give a character to a player, or take it back to the GM',
    ...guard,
    request: {
      headers: commandHeaders,
      params: idParam,
      body: jsonBody(tableBody(app, 'character.give', gift.omit({ id: true }))),
    },
    responses,
  })
  app.openapi(giveRoute, async (context) => {
    const { id } = context.req.valid('param')
    await play.give(context, 'character.give', { ...context.req.valid('json'), id })
    return context.json(toCharacterAnswer(await play.see(context), id), 200)
  })

  const removeRoute = createRoute({
    method: 'delete',
    path: '/api/characters/{id}',
    tags,
    summary: 'Take a character away; undo brings it back',
    ...guard,
    request: { headers: commandHeaders, params: idParam },
    responses: { 204: { description: 'It is gone' }, ...failures },
  })
  app.openapi(removeRoute, async (context) => {
    const payload = context.req.valid('param')
    await play.give(context, 'character.remove', payload)
    return context.body(null, 204)
  })
}

function addPlayRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const guard = forPlayers(authenticator)
  for (const name of ['spend', 'regain'] as const) {
    const route = createRoute({
      method: 'post',
      path: `/api/characters/{id}/${name}`,
      tags,
      summary:
        name === 'spend'
          ? 'Use up spell slots, uses of a resource, or hit dice'
          : 'Get back what was used up',
      ...guard,
      request: { headers: commandHeaders, params: idParam, body: jsonBody(spendingBody) },
      responses,
    })
    app.openapi(route, async (context) => {
      const { id } = context.req.valid('param')
      await play.give(context, `character.${name}`, { ...context.req.valid('json'), id })
      return context.json(toCharacterAnswer(await play.see(context), id), 200)
    })
  }

  const restRoute = createRoute({
    method: 'post',
    path: '/api/characters/{id}/rest',
    tags,
    summary: 'A short rest, with hit dice that are rolled here, or a long one',
    ...guard,
    request: {
      headers: commandHeaders,
      params: idParam,
      body: jsonBody(tableBody(app, 'character.rest', rest.omit({ id: true }))),
    },
    responses,
  })
  app.openapi(restRoute, async (context) => {
    const { id } = context.req.valid('param')
    await play.give(context, 'character.rest', { ...context.req.valid('json'), id })
    return context.json(toCharacterAnswer(await play.see(context), id), 200)
  })

  const rollRoute = createRoute({
    method: 'post',
    path: '/api/characters/{id}/roll',
    tags,
    summary: 'Roll a check, a save, an attack or damage off the sheet, with the advantage that it has',
    ...guard,
    request: {
      headers: commandHeaders,
      params: idParam,
      body: jsonBody(tableBody(app, 'character.roll', characterRoll.omit({ id: true }))),
    },
    responses: { 200: jsonAnswer('The roll', eventsSchema), ...failures },
  })
  app.openapi(rollRoute, async (context) => {
    const { id } = context.req.valid('param')
    const events = await play.give(context, 'character.roll', { ...context.req.valid('json'), id })
    return context.json({ events: events.map(parseTableEvent) }, 200)
  })
}

/** Which keys there are depends on what is spent: the command knows. */
const spendingBody = z.strictObject({
  what: z.enum(['slot', 'resource', 'hit-die']),
  key: z.string().max(64),
  amount: z.int().min(1).max(999).default(1),
})
