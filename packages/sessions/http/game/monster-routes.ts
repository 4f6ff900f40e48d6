import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import { once } from '@innkeeper/protocol/tools'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { attribution } from '@innkeeper/tabletop/compendium/attribution'
import { monsterTypes } from '@innkeeper/tabletop/compendium/monster'
import { indexMonsters, searchMonsters } from '@innkeeper/tabletop/compendium/search-monsters'
import { findSrdMonster, srdMonsters } from '@innkeeper/tabletop/compendium/srd-monsters'
import { jsonAnswer } from '../route-parts'
import { tableSchema } from './table-schema'

const tags = ['monsters']
/** It changes with a release alone. */
const cached = { 'cache-control': 'public, max-age=3600' }

const attributionSchema = z
  .object({
    text: z.string(),
    source: z.string(),
    license: z.object({ name: z.string(), url: z.string() }),
    changes: z.string(),
    data: z.object({ package: z.string(), version: z.string(), license: z.string(), copyright: z.string() }),
  })
  .openapi('Attribution', { description: 'Whoever shows these texts shows this as well' })

const searchQuery = z.object({
  text: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'A name, or words of it', example: 'red dragon' }),
  type: z.enum(monsterTypes).optional(),
  challengeFrom: z.coerce.number().min(0).max(30).optional().openapi({ description: '0.25 is 1/4' }),
  challengeTo: z.coerce.number().min(0).max(30).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

const pageSchema = z
  .object({
    monsters: z.array(tableSchema('Monster')),
    total: z.int(),
    next: z.string().nullable().openapi({ description: 'The `cursor` of the next page' }),
    attribution: attributionSchema,
  })
  .openapi('Monsters')

const monsterSchema = z
  .object({ monster: tableSchema('Monster'), attribution: attributionSchema })
  .openapi('MonsterAnswer')

/** `/api/monsters`: the creatures of the SRD, for everyone. */
export function addMonsterRoutes(app: HttpApp): void {
  const index = once(() => indexMonsters(srdMonsters()))

  const searchRoute = createRoute({
    method: 'get',
    path: '/api/monsters',
    tags,
    summary: 'Search the creatures of the SRD',
    request: { query: searchQuery },
    responses: { 200: jsonAnswer('A page of creatures', pageSchema), ...problemAnswers('validation-failed') },
  })
  app.openapi(searchRoute, (context) => {
    const {
      text,
      type,
      cursor,
      limit,
      challengeFrom: from = 0,
      challengeTo: to = 30,
    } = context.req.valid('query')
    const page = searchMonsters(index(), {
      ...(text === undefined ? {} : { text }),
      ...(type === undefined ? {} : { types: [type] }),
      ...(cursor === undefined ? {} : { cursor }),
      challenge: { from, to },
      limit,
    })
    return context.json({ ...page, monsters: [...page.monsters], attribution }, 200, cached)
  })

  const oneRoute = createRoute({
    method: 'get',
    path: '/api/monsters/{id}',
    tags,
    summary: 'One creature',
    request: { params: z.object({ id: z.string().max(100) }) },
    responses: {
      200: jsonAnswer('The creature', monsterSchema),
      ...problemAnswers('not-found'),
    },
  })
  app.openapi(oneRoute, (context) => {
    const monster = findSrdMonster(context.req.valid('param').id)
    if (!monster) throw new AppError('not-found')
    return context.json({ monster, attribution }, 200, cached)
  })
}
