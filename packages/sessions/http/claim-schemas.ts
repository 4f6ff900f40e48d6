import { z } from '@hono/zod-openapi'
import type { OpenClaim } from '../claims/claims'
import { joinTableBody } from './session-schemas'

/** POST /api/session/claims */
export const claimBody = joinTableBody.openapi('ClaimSeat')

/** What making a claim answers. */
export const madeClaimSchema = z
  .object({
    claimId: z.string(),
    claimSecret: z.string().openapi({ description: 'Asks for the answer. Shown this once' }),
    expiresIn: z.int().openapi({ description: 'Seconds' }),
  })
  .openapi('MadeClaim')

/** POST /api/session/claims/{id} */
export const collectBody = z.strictObject({ claimSecret: z.string().max(64) }).openapi('CollectClaim')

/** A claim that has no answer yet. */
export const pendingClaimSchema = z
  .object({
    state: z.literal('pending'),
    expiresIn: z.int().openapi({ description: 'Seconds until it ends by itself' }),
  })
  .openapi('PendingClaim')

/** The path of a route about one claim. */
export const claimParams = z.object({ id: z.string().max(64) })

const openClaimSchema = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: 'As the claimer typed it' }),
    player: z.object({ uuid: z.string(), name: z.string() }).openapi({ description: 'Whose seat it is' }),
    createdAt: z.number(),
    expiresAt: z.number(),
  })
  .openapi('OpenClaim')

/** GET /api/session/claims */
export const claimListSchema = z.object({ claims: z.array(openClaimSchema) }).openapi('OpenClaims')

/** An open claim for the game master. */
export function toClaimItem({ claim, seat }: OpenClaim): z.infer<typeof openClaimSchema> {
  const { id, name, createdAt, endsAt: expiresAt } = claim
  return { id, name, player: { uuid: seat.uuid, name: seat.name }, createdAt, expiresAt }
}
