import type { DirectAnswer } from './direct-routes'
import type { HttpApp } from './http-app'

/**
 * Adds `POST <prefix><segment>` for a route so hot that routing it would show. A plain request, whose segment needs no
 * decoding and ends the address, is found by one look-up; every other spelling of the same route goes through Hono,
 * to the same function. Whatever stands in front of routing stands in front of both.
 *
 * @param prefix  one segment: `/getTicket/`
 */
export function addDirectRoute(app: HttpApp, prefix: `/${string}/`, answer: DirectAnswer): void {
  app.directRoutes.set(prefix, answer)
  app.post(`${prefix}:segment`, (context) =>
    answer(context, {
      segment: context.req.param('segment'),
      query: (name) => context.req.query(name),
    }),
  )
}
