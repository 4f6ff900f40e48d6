import { z } from 'zod'
import { parseDice } from '../dice/parse-dice'
import { rollDice } from '../dice/roll-dice'
import type { Context, Decided } from '../table/decision'
import { diceRefused } from '../table/dice-refused'
import { diceRollPayload } from '../table/messages'
import { seededEvents } from '../table/table-dice'
import { circumstances } from '../rules/effect'
import { findOwn } from './find-character'
import { rollCheck } from './roll-check'
import { rollFor } from './roll-plan'

/** A roll off a sheet: what it is made of, advantage and all, is worked out here. */
export const characterRoll = z.strictObject({
  id: z.string().min(1).max(64),
  check: rollCheck,
  visibility: diceRollPayload.shape.visibility,
  nonce: diceRollPayload.shape.nonce,
  advantage: z.boolean().default(false).describe('From elsewhere than the sheet'),
  disadvantage: z.boolean().default(false),
  circumstances: z
    .array(z.enum(circumstances))
    .max(circumstances.length)
    .default([])
    .describe('What is known to be so: advantage may hang on it'),
})

/** Rolls for a character; the roll says what went into it. */
export function rollCharacter(context: Context, wish: z.infer<typeof characterRoll>): Decided {
  const found = findOwn(context, wish.id)
  if ('refused' in found) return found
  const { character, vitals } = found
  const { advantage, disadvantage, circumstances: known } = wish
  const roller = {
    sheet: character.sheet,
    affected: vitals,
    edition: context.state.edition,
    advantage,
    disadvantage,
    circumstances: known,
  }
  const plan = rollFor(roller, wish.check)
  if (plan === null) return { refused: 'not-found', detail: 'The sheet has no such thing to roll' }
  const parsed = parseDice(plan.expression)
  if ('error' in parsed) return diceRefused(parsed.error)
  const dice = context.dice(wish.nonce)
  const result = rollDice(parsed.expression, dice.die)
  if ('error' in result) return diceRefused(result.error)
  const { parts, isAutoFail } = plan
  const check = {
    character: wish.id,
    name: character.name,
    of: wish.check,
    parts,
    advantage: plan.advantage,
    isAutoFail,
  }
  const payload = {
    visibility: wish.visibility,
    expression: result.canonical,
    result,
    fair: dice.fair,
    // Who is hidden rolls in the open without a name.
    ...(character.isHidden && wish.visibility === 'public' ? {} : { check }),
  }
  return { events: [...seededEvents(dice), { name: 'dice.rolled', payload }] }
}
