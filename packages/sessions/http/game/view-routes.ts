import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import { forPlayers } from '../current-player'
import { jsonAnswer, noStore } from '../route-parts'
import type { GameRoutesOptions } from './combat-routes'
import { tableSchema } from './table-schema'

const seenSchema = z
  .object({
    seq: z.int(),
    role: z.string(),
    state: tableSchema('TableState').openapi({
      description: 'The very state that this player is welcomed with',
    }),
  })
  .openapi('SeenAs')

/** Shows the GM what another sees: the same view that the other's socket gets, not an imitation of it. */
export function addViewRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/session/as/{uuid}',
    tags: ['session'],
    summary: 'The table as one of its players sees it; `watcher`: as someone without a seat does',
    ...forPlayers(authenticator),
    request: { params: z.object({ uuid: z.string().max(128) }) },
    responses: {
      200: jsonAnswer('What they see', seenSchema),
      ...problemAnswers('token-invalid', 'not-allowed', 'not-found', 'room-not-found'),
    },
  })
  app.openapi(route, async (context) => {
    const { uuid } = context.req.valid('param')
    const own = await play.see(context)
    if (own.role !== 'gm') throw new AppError('not-allowed', 'This is for the game master')
    const isSeated = Object.hasOwn(own.table.players, uuid)
    if (!isSeated && uuid !== 'watcher')
      throw new AppError('not-found', 'Nobody at this table is called that')
    const { seq, role, table: state } = await play.seeAs(context, uuid)
    return context.json({ seq, role, state }, 200, noStore)
  })
}
