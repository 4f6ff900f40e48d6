import { createRoute, z } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { limits } from '@innkeeper/protocol/limits'
import type { TableDocument } from '@innkeeper/tabletop/exchange/document'
import { tableDocument } from '@innkeeper/tabletop/exchange/table-document'
import type { AttemptLimit } from '@innkeeper/web-kit/attempt-limits'
import type { HttpApp, HttpEnv } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Tables } from '../../tables'
import {
  callerWithAccount,
  jsonAnswer,
  jsonBody,
  limitKeyOf,
  noStore,
  type CallerOptions,
} from '../route-parts'
import { accountHeader, nameText, seatGrantSchema, toGrantAnswer } from '../session-schemas'
import { tableBody } from './table-schema'

/** What bringing in tables stands on. */
export interface BringRoutesOptions extends CallerOptions {
  readonly tables: Tables
  /** By address. */
  readonly brings: AttemptLimit
}

const formerPlayerSchema = z.object({
  uuid: z.string().openapi({ description: 'The owner of their characters, until somebody else is' }),
  name: z.string(),
  characters: z.array(z.object({ id: z.string(), name: z.string() })),
})

const broughtSchema = seatGrantSchema
  .extend({
    formerPlayers: z.array(formerPlayerSchema).openapi({
      description:
        'Who played, and what. Their seats are empty: `POST /api/characters/{id}/give` gives a character to somebody ' +
        'who joins',
    }),
  })
  .openapi('BroughtTable')

/** `POST /api/session/import`: opens a table from a document. */
export function addBringRoutes(app: HttpApp, options: BringRoutesOptions): void {
  const { tables, proxies, brings } = options
  const path = '/api/session/import'
  app.largeBodies.set(path, limits.importBytes)
  const route = createRoute({
    method: 'post',
    path,
    tags: ['session'],
    summary: 'Open a table that is what an exported document says, and take its first seat as game master',
    description:
      'A new table with a new code and new uuids. The game master has the first seat; the other players of the document ' +
      'are remembered by name and keep their characters, but nobody can sit down as them: whoever joins is given ' +
      'characters by the game master. There is nothing to undo, and the dice have a seed of their own. An export of the ' +
      'new table is the document again, byte for byte, unless the game master has another name. It is all or nothing.',
    // Counted before the document is read, which is dear.
    middleware: createMiddleware<HttpEnv>(async (context, next) => {
      await brings.consume(limitKeyOf(context, proxies))
      await next()
    }),
    request: { headers: accountHeader, body: jsonBody(bringBodyOf(app)) },
    responses: {
      201: jsonAnswer('The table, its seat, and who played what', broughtSchema),
      ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'too-large', 'too-many'),
    },
  })
  app.openapi(route, async (context) => {
    const { document, gmName } = context.req.valid('json')
    const { grant, uuids } = await tables.bring(
      { document, gmName },
      await callerWithAccount(context, options),
    )
    return context.json(
      { ...toGrantAnswer(grant), formerPlayers: formerPlayers(document, uuids) },
      201,
      noStore,
    )
  })
}

function bringBodyOf(app: HttpApp) {
  return z
    .strictObject({
      document: tableBody(app, 'TableDocument', tableDocument),
      gmName: nameText.optional().openapi({
        example: 'Mira',
        description: 'What the game master is called; absent: as in the document',
      }),
    })
    .openapi('BringTable')
}

function formerPlayers(
  { players, game }: TableDocument,
  uuids: readonly string[],
): z.infer<typeof formerPlayerSchema>[] {
  return players.slice(1).map(({ ref, name }, index) => ({
    uuid: uuids[index + 1] ?? '',
    name,
    characters: Object.values(game.character)
      .filter(({ owner }) => owner === ref)
      .map(({ id, name: of }) => ({ id, name: of })),
  }))
}
