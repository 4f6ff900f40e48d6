import { z } from '@hono/zod-openapi'
import { limits } from '@innkeeper/protocol/limits'
import { nullable, tableSchema } from './table-schema'

/** The header that makes a repetition apply once. */
export const commandHeaders = z.object({
  'idempotency-key': z
    .string()
    .max(limits.commandIdChars)
    .regex(/^[\x21-\x7e]+$/, 'expected visible ASCII characters')
    .optional()
    .openapi({ description: 'A repetition with the same key changes nothing and answers as the first time' }),
})

/** What a command answers. */
export const eventsSchema = z
  .object({
    events: z
      .array(tableSchema('TableEvent'))
      .openapi({ description: 'What it made happen, as this player may see it' }),
  })
  .openapi('TableEvents')

/** A sheet with what changes in play, and the numbers that follow from both. */
export const characterSchema = z
  .object({
    character: tableSchema('Character'),
    vitals: nullable(tableSchema('Vitals')),
    revision: z
      .int()
      .nullable()
      .openapi({ description: 'What an edit names; null for those who may not edit' }),
    derived: nullable(tableSchema('Derived')).openapi({
      description: 'Modifiers, saves, skills, attacks: each with what it is made of; null without a sheet',
    }),
  })
  .openapi('CharacterAnswer')
export type CharacterAnswer = z.infer<typeof characterSchema>

export const charactersSchema = z
  .object({ seq: z.int(), characters: z.array(characterSchema) })
  .openapi('CharactersAnswer')

const fightSchema = z.object({
  phase: z.enum(['setup', 'running']),
  round: z.int(),
  turn: z.string().nullable().openapi({ description: 'Whose turn: the id of a combatant' }),
  onDeck: z.string().nullable().openapi({ description: 'Who is next' }),
  combatants: z
    .array(tableSchema('CombatantWithVitals'))
    .openapi({ description: 'In the order of their turns' }),
})

export const combatSchema = z
  .object({
    seq: z.int(),
    combat: fightSchema.nullable().openapi({ description: 'null: no fight' }),
    canUndo: z.string().nullable().openapi({ description: 'The command that `undo` would take back' }),
    canRedo: z.string().nullable().openapi({ description: 'The command that `redo` would do again' }),
  })
  .openapi('CombatAnswer')
export type CombatAnswer = z.infer<typeof combatSchema>

/** What a command of the fight answers. */
export const combatEventsSchema = combatSchema
  .extend({ events: eventsSchema.shape.events })
  .openapi('CombatEvents')
