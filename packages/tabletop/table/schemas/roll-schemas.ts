import { z } from 'zod'
import { rollCheck } from '../../characters/roll-check'
import type { DiceResult } from '../../dice/dice-result'
import type { ConcealedRoll, DiceRolled, FairRoll, SheetRoll, ShownRoll } from '../messages'
import { rollVisibilities } from '../messages'
import { advantage, part } from './character-schemas'
import { describes } from './describes'

const rounded = {
  total: z.number().describe('Rounded down once, at the very end'),
  exact: z.string().exactOptional().describe('What was cut off, as in `12.5`'),
}

const die = z.object({
  face: z.int(),
  value: z.number().exactOptional().describe('What it counts as, where that is not its face'),
  exploded: z.literal(true).exactOptional().describe('It brought the die after it'),
  fate: z.enum(['dropped', 'rerolled', 'joined']).exactOptional().describe('Absent: kept'),
  score: score().exactOptional(),
})

const term = z.object({
  total: z.number(),
  dice: z.array(die).describe('In the order of the table: each is followed by what it brought'),
  isDropped: z.literal(true).exactOptional().describe('A pool around it did not keep it'),
})

const poolEntry = z.object({
  ...rounded,
  isDropped: z.literal(true).exactOptional(),
  score: score().exactOptional(),
})

const outcome = z.object({
  ...rounded,
  terms: z.array(term),
  pools: z.array(z.object({ entries: z.array(poolEntry) })).exactOptional(),
  parts: z.array(z.object(rounded)).exactOptional().describe('What each damage type came to'),
})

const notation = z.object({
  notation: z.string(),
  readings: z
    .array(z.object({ text: z.string(), from: z.number(), to: z.number() }))
    .exactOptional()
    .describe('What its `<` and `>` mean'),
})

const rolled = {
  canonical: z.string().describe('The expression as it was understood, without its label'),
  label: z.string().exactOptional(),
  terms: z.array(notation).describe('Every dice term; `outcomes[n].terms` goes with it'),
  types: z
    .array(z.string().nullable())
    .exactOptional()
    .describe('Damage types; `outcomes[n].parts` goes with it'),
  outcomes: z.array(outcome).describe('One, or one per repeat'),
}

/** What came up. */
export const diceResult = describes<DiceResult>()(
  z
    .union([z.object({ ...rolled, ...rounded }), z.object({ ...rolled, totals: z.array(z.number()) })])
    .describe('What came up: a total, or one for each repeat'),
)

const fair = describes<FairRoll>()(
  z
    .object({ seed: z.int().describe('Number of the seed'), roll: z.int(), nonce: z.string() })
    .describe('What it takes to verify the roll once its seed is public'),
)

const sheetRoll = describes<SheetRoll>()(
  z
    .object({
      character: z.string(),
      name: z.string(),
      of: rollCheck,
      parts: z.array(part),
      advantage,
      isAutoFail: z.boolean().describe('Whatever the dice say, it fails'),
    })
    .describe('What a roll off a sheet was for, and what went into it'),
)

const label = z.string().exactOptional()
const shownRoll = describes<ShownRoll>()(
  z.object({
    visibility: z.enum(rollVisibilities),
    expression: z.string().describe('As it was understood'),
    label,
    result: diceResult,
    check: sheetRoll.exactOptional(),
    fair: fair.exactOptional(),
  }),
)
const concealedRoll = describes<ConcealedRoll>()(
  z
    .object({ visibility: z.literal('blind'), expression: z.string(), label, concealed: z.literal(true) })
    .describe('A blind roll, as who rolled it sees it'),
)

/** What `dice.rolled` carries. */
export const diceRolled = describes<DiceRolled>()(
  z.union([shownRoll, concealedRoll]).describe('A roll, as those see it who may see it'),
)

function score() {
  return z.union([z.literal(1), z.literal(-1)]).describe('1 for a success, -1 for a failure')
}
