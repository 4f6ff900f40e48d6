import type { DirectAnswer } from './direct-routes'
import type { HttpApp } from './http-app'

/**
 * Adds `POST <prefix><segment>` for a route so hot that routing it would show. The server's own router, which has read
 * the path anyway, hands its plain requests to `answer`: those that no page sent, with a body of a known length. All
 * others go through Hono, to the same function, and so does everything where no server stands in front of the app.
 *
 * @param prefix  one segment: `/getTicket/`
 */
export function addDirectRoute(app: HttpApp, prefix: `/${string}/`, answer: DirectAnswer): void {
  const path = `${prefix}:segment` as const
  app.directRoutes.set(path, app.directHandler(answer))
  app.post(path, (context) =>
    answer(context, {
      segment: context.req.param('segment'),
      query: (name) => context.req.query(name),
    }),
  )
}
