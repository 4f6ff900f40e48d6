import { z } from '@hono/zod-openapi'
import { rollVisibilities } from '@innkeeper/tabletop/table/messages'
import type { RollEntry } from '@innkeeper/tabletop/table/table-state'
import { tableSchema } from './game/table-schema'

/** A roll, as its viewer may see it. */
export const rollSchema = z
  .object({
    seq: z.int().openapi({ description: 'Its place in the history of the table' }),
    at: z.number().openapi({ description: 'Milliseconds since the epoch' }),
    by: z.string().openapi({ description: 'The uuid of who rolled' }),
    roll: tableSchema('DiceRolled').openapi({
      description: 'As this player may see it: with its `result`, or `concealed` for who rolled blind',
    }),
  })
  .openapi('Roll')

/** Which page of the history. */
export const historyQuery = z.object({
  before: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .openapi({ description: 'Only rolls with a smaller `seq`: the `before` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  by: z.string().max(128).optional().openapi({ description: 'Only rolls of this player' }),
  visibility: z.enum(rollVisibilities).optional(),
  text: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'Only rolls with this in their label, expression, or the name on the sheet' }),
})
export type HistoryQuery = z.infer<typeof historyQuery>

/** A page of the history. */
export const historySchema = z
  .object({
    rolls: z.array(rollSchema).openapi({ description: 'Newest first' }),
    before: z.int().optional().openapi({ description: 'Asks for the next page; absent on the last one' }),
  })
  .openapi('RollHistory')

/** A roll as an answer, from its event or from its entry in the log. */
export function toRollAnswer({ seq, at, by, payload: roll }: RollEntry): z.infer<typeof rollSchema> {
  return { seq, at, by, roll }
}

/** Which expression somebody wants to know the chances of. */
export const distributionQuery = z.object({
  expression: z.string().max(200).openapi({ example: '2d20kh1+5' }),
})

/** How likely each total is. */
export const distributionSchema = z
  .object({
    expression: z.string().openapi({ description: 'As it was understood' }),
    mean: z.number(),
    standardDeviation: z.number(),
    min: z.number(),
    max: z.number(),
    truncated: z.number().openapi({ description: 'How likely a roll is refused for too many dice' }),
    outcomes: z.array(z.object({ total: z.number(), probability: z.number() })),
  })
  .openapi('DiceDistribution')
