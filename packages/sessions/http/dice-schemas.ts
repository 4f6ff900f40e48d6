import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'

/** The header that makes a repetition apply once. */
export const rollHeaders = z.object({
  'idempotency-key': z
    .string()
    .max(limits.commandIdChars)
    .regex(/^[\x21-\x7e]+$/, 'expected visible ASCII characters')
    .optional()
    .openapi({ description: 'A repetition with the same key rolls nothing and answers the first roll' }),
})

/** A roll, as its viewer may see it. */
export const rollSchema = z
  .object({
    seq: z.int().openapi({ description: 'Its place in the history of the table' }),
    at: z.number().openapi({ description: 'Milliseconds since the epoch' }),
    by: z.string().openapi({ description: 'The uuid of who rolled' }),
    roll: z.looseObject({ visibility: z.string(), expression: z.string() }).openapi({
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
})

/** A page of the history. */
export const historySchema = z
  .object({
    rolls: z.array(rollSchema).openapi({ description: 'Newest first' }),
    before: z.int().optional().openapi({ description: 'Asks for the next page; absent on the last one' }),
  })
  .openapi('RollHistory')

/** An event `dice.rolled`, or its entry in the log of a table's view. */
export const rolledEvent = z
  .object({
    seq: z.int(),
    at: z.number(),
    by: z.string(),
    name: z.literal('dice.rolled'),
    payload: rollSchema.shape.roll,
  })
  .transform(({ seq, at, by, payload }) => ({ seq, at, by, roll: payload }))

/** The part of a table's view that keeps its rolls, oldest first. */
export const rollLog = z.object({ log: z.array(rolledEvent) })
