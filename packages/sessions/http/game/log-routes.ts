import { createRoute, z } from '@hono/zod-openapi'
import type { Recorded, RoomEvent } from '@innkeeper/rooms/room-type'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { logOf } from '@innkeeper/tabletop/table/log-of'
import { forPlayers } from '../current-player'
import { jsonAnswer } from '../route-parts'
import type { GameRoutesOptions } from './combat-routes'
import { parseTableEvent } from './play'
import { tableSchema } from './table-schema'

const logQuery = z.object({
  before: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .openapi({ description: 'The `before` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

const pageSchema = z
  .object({
    entries: z.array(tableSchema('LogEntry')).openapi({ description: 'Newest first' }),
    before: z.int().optional().openapi({ description: 'Asks for the next page; absent on the last one' }),
  })
  .openapi('LogPage')

/** `/api/session/log`: all that happened, as far as this player may know. */
export function addLogRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/session/log',
    tags: ['session'],
    summary: 'The log of the table, newest first: codes that everyone reads in their own language',
    ...forPlayers(authenticator),
    request: { query: logQuery },
    responses: {
      200: jsonAnswer('A page of the log', pageSchema),
      ...problemAnswers('validation-failed', 'token-invalid', 'room-not-found'),
    },
  })
  app.openapi(route, async (context) => {
    const { before, limit } = context.req.valid('query')
    const page = await play.history(context, { limit, ...(before === undefined ? {} : { before }) })
    const entries = page.events.flatMap((event) => entriesOf(event))
    return context.json(page.before === undefined ? { entries } : { entries, before: page.before }, 200)
  })
}

function entriesOf(event: Recorded<RoomEvent>) {
  return logOf(parseTableEvent(event)).toReversed()
}
