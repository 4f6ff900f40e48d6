import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'
import type { SeatedPlayer } from '../seats/seats'

/** The header that brings an account, where there has to be one. */
export const requiredAccountHeader = z.object({
  tokenjwt: z.string().max(limits.tokenChars).openapi({ description: 'An identity token' }),
})

/** The path of a route about one table. */
export const tableParams = z.object({ id: z.string() })

const tableSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(['gm', 'player']),
    code: z.string().optional().openapi({ description: 'For its game master alone' }),
    player: z.object({ uuid: z.string(), name: z.string() }).openapi({ description: 'The seat there' }),
    createdAt: z.number(),
    lastPlayedAt: z.number().openapi({ description: 'To some minutes' }),
  })
  .openapi('OwnTable')

/** GET /api/tables */
export const tableListSchema = z.object({ tables: z.array(tableSchema) }).openapi('OwnTables')

/** A table for an account that has a seat there. */
export function toTableItem({ seat, session }: SeatedPlayer): z.infer<typeof tableSchema> {
  return {
    id: session.id,
    name: session.name,
    role: seat.role,
    ...(seat.role === 'gm' ? { code: session.code } : {}),
    player: { uuid: seat.uuid, name: seat.name },
    createdAt: session.createdAt,
    lastPlayedAt: seat.playedAt,
  }
}
