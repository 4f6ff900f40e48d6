import { createRoute, z } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { SessionAuthenticator } from '../session-authenticator'
import { forPlayers } from './current-player'

const charactersSchema = z.object({ characters: z.array(z.object({ id: z.string() })) }).openapi('Characters')
const combatSchema = z.object({ combat: z.null() }).openapi('Combat')

/** `/api/characters` and `/api/combat`. */
export function addTableRoutes(
  app: HttpApp,
  { authenticator }: { readonly authenticator: SessionAuthenticator },
): void {
  const guard = forPlayers(authenticator)

  const charactersRoute = createRoute({
    method: 'get',
    path: '/api/characters',
    tags: ['characters'],
    summary: 'The sheets at this table',
    description: 'Tables keep no sheets yet, so the list is empty.',
    ...guard,
    responses: {
      200: { description: 'No sheets', content: { 'application/json': { schema: charactersSchema } } },
      ...problemAnswers('token-invalid'),
    },
  })
  app.openapi(charactersRoute, (context) => context.json({ characters: [] }, 200))

  const combatRoute = createRoute({
    method: 'get',
    path: '/api/combat',
    tags: ['combat'],
    summary: 'The fight at this table',
    description: 'Tables know no fights yet, so there is none.',
    ...guard,
    responses: {
      200: { description: 'No fight', content: { 'application/json': { schema: combatSchema } } },
      ...problemAnswers('token-invalid'),
    },
  })
  app.openapi(combatRoute, (context) => context.json({ combat: null }, 200))
}
