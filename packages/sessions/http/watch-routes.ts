import { createRoute, z } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { watchTable, type WatchedTable, type WatchingOptions } from '../watch-table'
import { jsonAnswer, jsonBody, limitKeyOf, noStore, type CallerOptions } from './route-parts'
import { joinTableBody } from './session-schemas'

/** What the route of watchers stands on. */
export interface WatchRoutesOptions extends WatchingOptions, Pick<CallerOptions, 'proxies'> {}

const watchBody = joinTableBody.pick({ code: true }).openapi('WatchTable')

const watchedSchema = z
  .object({
    session: z.object({ id: z.string(), code: z.string(), name: z.string(), language: z.string() }),
    ticket: z.string().openapi({ description: 'Opens /enterRoom/{session.id}, as a watcher' }),
    url: z.string().openapi({ description: 'Where the node that holds the table takes sockets' }),
    expiresIn: z.int().openapi({ description: 'Seconds until the ticket ends; ask again with the code' }),
    player: z
      .object({ uuid: z.string(), nick: z.string() })
      .openapi({ description: 'The watcher, as others see them among those who are connected' }),
  })
  .openapi('WatchedTable')

const watchRoute = createRoute({
  method: 'post',
  path: '/api/session/watch',
  tags: ['session'],
  summary: 'Look on at a table, without a seat',
  description:
    'For a screen that everybody at the table can see. A watcher is shown what is open to all, takes no seat and no ' +
    'place, and cannot command anything. When the ticket ends, the code is asked for again: a table with a new code, ' +
    'or one that takes no new players, has no watchers for longer than a ticket lasts.',
  request: { body: jsonBody(watchBody) },
  responses: {
    200: jsonAnswer('The table and a ticket to its room', watchedSchema),
    ...problemAnswers('validation-failed', 'not-joinable', 'session-not-found', 'too-many'),
  },
})

/** Looking on. */
export function addWatchRoutes(app: HttpApp, options: WatchRoutesOptions): void {
  app.openapi(watchRoute, async (context) => {
    const { code } = context.req.valid('json')
    const watched = await watchTable(options, code, limitKeyOf(context, options.proxies))
    return context.json(toWatchedAnswer(watched), 200, noStore)
  })
}

function toWatchedAnswer({ session, ticket }: WatchedTable): z.infer<typeof watchedSchema> {
  const { id, code, name, language } = session
  return { session: { id, code, name, language }, ...ticket }
}
