import { z } from 'zod'
import { abilities } from '../table/creatures'
import { hitDice, skills } from './sheet'
import { sheetId } from './sheet-schema'

const testCheckOptions = [
  z.strictObject({ kind: z.enum(['ability', 'save']), key: z.enum(abilities) }),
  z.strictObject({ kind: z.literal('skill'), key: z.enum(skills) }),
  z.strictObject({ kind: z.literal('attack'), key: sheetId.describe('The attack’s id') }),
  z.strictObject({ kind: z.enum(['initiative', 'spell-attack']) }),
] as const

/** Anything that a character rolls for. */
export const rollCheck = z.discriminatedUnion('kind', [
  ...testCheckOptions,
  z.strictObject({
    kind: z.literal('damage'),
    key: sheetId.describe('The attack’s id'),
    isCritical: z.boolean().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('hit-die'), key: z.enum(hitDice) }),
])
export type RollCheck = z.infer<typeof rollCheck>

/** A roll of a d20. */
export type TestCheck = z.infer<(typeof testCheckOptions)[number]>
