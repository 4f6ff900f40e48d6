import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import { canonicalText, fingerprintOf } from '@innkeeper/tabletop/exchange/canonical'
import { exportTable } from '@innkeeper/tabletop/exchange/export-table'
import { writeLog } from '@innkeeper/tabletop/exchange/log-markdown'
import type { TableDocument } from '@innkeeper/tabletop/exchange/document'
import { languages } from '@innkeeper/tabletop/language/languages'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { forPlayers } from '../current-player'
import { json, noStore } from '../route-parts'
import type { GameRoutesOptions } from './combat-routes'
import { namedSchema } from './table-schema'
import { readWholeLog } from './whole-log'

/** What the routes for taking things home stand on. */
export interface KeepRoutesOptions extends GameRoutesOptions {
  /** By seat. */
  readonly keeps: AttemptLimit
}

const tags = ['session']
const documentSchema = namedSchema<TableDocument>('TableDocument')

/** What a table gives to keep: all of it as JSON, and its log to read. */
export function addKeepRoutes(app: HttpApp, options: KeepRoutesOptions): void {
  addExportRoute(app, options)
  addReadableLogRoute(app, options)
}

function addExportRoute(app: HttpApp, { play, authenticator, keeps }: KeepRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/session/export',
    tags,
    summary: 'The whole table as one JSON document, for its game master',
    description:
      'Sheets, hit points, the fight, and all of the log as the game master reads it. Players are `p1`, `p2` and so on: ' +
      'none of their uuids is in it, no seed of the dice, and no roll that a player made for themselves. The text is ' +
      'canonical (the keys of objects in order, no spaces), so the SHA-256 of the file, which is the `ETag` too, is a ' +
      'fingerprint of the table: `POST /api/session/import` makes a table whose export is the same, byte for byte.',
    ...forPlayers(authenticator),
    responses: {
      200: {
        description: 'The document, as `POST /api/session/import` describes it',
        headers: {
          etag: { schema: { type: 'string' }, description: 'SHA-256 of the document, in hexadecimal' },
        },
        content: json(documentSchema),
      },
      ...problemAnswers('token-invalid', 'not-allowed', 'room-not-found', 'too-many'),
    },
  })
  app.openapi(route, async (context) => {
    await keeps.consume(context.get('player').uuid)
    const { role, seq, table } = await play.see(context)
    if (role !== 'gm') throw new AppError('not-allowed', 'This is for the game master')
    const entries = await readWholeLog((wish) => play.history(context, wish), seq)
    const text = canonicalText(exportTable({ table, entries }))
    return context.json(parseDocument(text), 200, {
      ...noStore,
      'content-disposition': 'attachment; filename="innkeeper-session.json"',
      etag: `"${fingerprintOf(text)}"`,
    })
  })
}

/** Written out again it is the same text: objects keep the order of their keys. */
function parseDocument(text: string): TableDocument {
  return JSON.parse(text) as TableDocument
}

const logQuery = z.object({
  language: z.enum(languages).optional().openapi({ description: 'Absent: the language of the table' }),
  why: z
    .stringbool()
    .default(false)
    .openapi({ type: 'boolean', description: 'With the steps that lead to each number' }),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Expected a time zone, as in Europe/Lisbon')
    .default('UTC')
    .openapi({ description: 'Whose clock the times are of', example: 'Europe/Lisbon' }),
})

function addReadableLogRoute(app: HttpApp, { play, authenticator, keeps }: KeepRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/session/log.md',
    tags,
    summary: 'The log to read, as Markdown: what this player may know of all that happened',
    description: 'What players wrote is escaped: nothing in a name is Markdown or HTML.',
    ...forPlayers(authenticator),
    request: { query: logQuery },
    responses: {
      200: {
        description: 'Days, rounds and turns are chapters; everything else is a list with the times',
        content: { 'text/markdown': { schema: z.string() } },
      },
      ...problemAnswers('validation-failed', 'token-invalid', 'room-not-found', 'too-many'),
    },
  })
  app.openapi(route, async (context) => {
    await keeps.consume(context.get('player').uuid)
    const { language, why: isExplained, timeZone } = context.req.valid('query')
    const { seq, table } = await play.see(context)
    const entries = await readWholeLog((wish) => play.history(context, wish), seq)
    const log = { table, entries, language: language ?? table.language, timeZone, isExplained }
    return context.body(writeLog(log), 200, {
      ...noStore,
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': 'attachment; filename="log.md"',
    })
  })
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
