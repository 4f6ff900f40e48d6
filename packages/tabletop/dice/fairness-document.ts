import { z } from 'zod'
import { diceLimits } from './dice-limits'
import { noncePattern } from './fair-dice'

const counted = z.int().min(1)
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'Expected 64 lower-case hexadecimal digits')

const seedEntry = z.strictObject({
  number: counted,
  commit: digest.describe('SHA-256 of the seed, published before its first roll'),
  seed: digest.optional().describe('There once it is revealed; it then makes no more rolls'),
  rolls: z.int().min(0).optional().describe('How many rolls it has made'),
})

const rollPlace = {
  seed: counted.describe('Number of the seed'),
  roll: counted.describe('Number of the roll; the first of every seed is 1'),
  nonce: z.string().regex(noncePattern, 'Expected 1 to 64 printable ASCII characters other than a colon'),
}

const expressionEntry = z.strictObject({
  ...rollPlace,
  expression: z.string().describe('In canonical notation'),
  faces: z.array(z.int()).describe('All faces as they lie on the table, of Fate dice -1 to 1'),
  totals: z.array(z.int()).min(1).describe('One, or one for each repeat'),
})

const drawEntry = z.strictObject({
  ...rollPlace,
  sides: z.array(counted.max(diceLimits.sides)).min(1).describe('Dice rolled one after the other'),
  faces: z.array(z.int()).min(1),
})

/** All rolls of a table, and the seeds that they follow from: what there is to verify. */
export const fairnessDocument = z.strictObject({
  seeds: z
    .array(seedEntry)
    .refine(
      (seeds) => new Set(seeds.map(({ number }) => number)).size === seeds.length,
      'Expected every seed once',
    ),
  rolls: z.array(z.union([expressionEntry, drawEntry])),
})
export type FairnessDocument = z.infer<typeof fairnessDocument>
export type FairnessRoll = FairnessDocument['rolls'][number]
/** A roll that was an expression; others are dice that a command drew. */
export type FairnessExpression = z.infer<typeof expressionEntry>
