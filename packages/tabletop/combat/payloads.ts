import { z } from 'zod'
import { parseDice } from '../dice/parse-dice'
import { conditions, damageTypes, hpDisplays } from '../table/creatures'
import { filledLineOf, textOf } from '../table/plain-text'

/** Ids of creatures: a character's, or a combatant's. */
export const creatureId = z.string().min(1).max(64).describe('Id of a character or a combatant')
export const creatureIds = z.array(creatureId).min(1).max(60)

const amount = z.int().min(0).max(9_999)
/** Dice that have been found to be readable. */
const diceText = z
  .string()
  .max(200)
  .refine((text) => !('error' in parseDice(text)), 'Expected dice, as in `8d6 [fire]`')

/** A number, or dice to roll for it. */
export const amountOrDice = z.union([amount, diceText]).describe('A number, or dice such as `2d8+3`')

export const damageParts = z
  .array(z.strictObject({ amount, type: z.enum(damageTypes).nullable().default(null) }))
  .min(1)
  .max(13)

export const targets = z
  .array(
    z.strictObject({
      id: creatureId,
      isHalved: z.boolean().exactOptional().describe('Saved for half'),
      adjustment: z.int().min(-9_999).max(9_999).exactOptional().describe('Before resistances'),
    }),
  )
  .min(1)
  .max(60)

export const untilPayload = z
  .strictObject({
    moment: z.enum(['start', 'end']),
    of: creatureId.describe('Whose turn'),
    turns: z.int().min(1).max(1_000).default(1).describe('At which of their turns from now: 1 is the next'),
  })
  .describe('When it ends by itself')

export const conditionName = z.enum(conditions)
export const hpDisplay = z.enum(hpDisplays)
export const nameText = filledLineOf(60)
export const noteText = textOf(2_000)
