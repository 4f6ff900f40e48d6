import { z } from 'zod'
import { limits } from '@innkeeper/protocol/limits'
import type { DiceResult } from '../dice/dice-result'
import type { Part } from '../characters/explained'
import type { RollCheck } from '../characters/roll-check'
import type { RollPlan } from '../characters/roll-plan'
import type { HouseRules } from '../rules/rules'
import { editions } from './creatures'
import { lineOf } from './plain-text'

/** Who may be at a table. A watcher came with a ticket but without a seat. */
export const tableRoles = ['gm', 'player', 'watcher'] as const
export type TableRole = (typeof tableRoles)[number]

/** Who may see a roll. `blind`: the GM alone; who rolled knows only that they did. */
export const rollVisibilities = ['public', 'gm', 'self', 'blind'] as const
export type RollVisibility = (typeof rollVisibilities)[number]

const rollLabelGraphemes = 80

/** What `dice.roll` carries. The expression has rules of its own, and answers with codes of its own. */
export const diceRollPayload = z.strictObject({
  expression: z.string().describe('As in `2d20kh1+5 # attack`'),
  visibility: z.enum(rollVisibilities),
  label: lineOf(rollLabelGraphemes).optional().describe('Goes before a label within the expression'),
  nonce: z
    .string()
    .regex(/^[!-9;-~]{1,64}$/, 'Expected 1 to 64 visible ASCII characters without a colon')
    .optional()
    .describe('The roller’s share of the randomness: the faces depend on it and on the committed seed'),
})

const tableName = lineOf(limits.roomNameGraphemes)
const language = z.enum(['en', 'pt-BR', 'ru'])
const edition = z.enum(editions)

/** Where the SRD is silent, or a table plays otherwise. */
export const houseRules = z.strictObject({
  halfPoints: z.enum(['down', 'up']).describe('Where half a point of damage goes in 2014'),
  absorbedHitFailsDeathSave: z
    .boolean()
    .describe('At 0 hit points: a hit that temporary hit points swallow is a failed death save'),
  absorbedHitAsksConcentration: z
    .boolean()
    .describe('A hit that temporary hit points swallow asks for a concentration check'),
  harmlessHitAsksConcentration: z
    .boolean()
    .describe('A hit that resistances and immunities bring to 0 asks for a concentration check'),
} satisfies Record<keyof HouseRules, z.ZodType>)
/** Some of them: the others are as usual, or as they were. */
export const someHouseRules = houseRules.exactPartial()
export type SomeHouseRules = z.infer<typeof someHouseRules>

/** How a table is opened. */
export const tableOptions = z.strictObject({
  name: tableName.default(''),
  language: language.default('en').describe('What the table speaks; each player may read another'),
  edition: edition.default('2014').describe('Which rules'),
  houseRules: someHouseRules.default({}).describe('What is absent is as usual'),
})
export type TableOptions = z.infer<typeof tableOptions>

/** What of it can be changed later. */
export const tableEdits = z
  .strictObject({
    name: tableName.optional(),
    language: language.optional(),
    edition: edition.optional(),
    houseRules: someHouseRules.optional().describe('What is absent stays as it is'),
  })
  .refine((edited) => Object.keys(edited).length > 0, 'Expected something to change')

/** What it takes to verify a roll once its seed is known: the seed's number, the roll's with that seed, the nonce. */
export interface FairRoll {
  readonly seed: number
  readonly roll: number
  readonly nonce: string
}

/** What a roll off a sheet was for, and what went into it. */
export interface SheetRoll {
  /** Id of the character, and its name then. */
  readonly character: string
  readonly name: string
  readonly of: RollCheck
  readonly parts: readonly Part[]
  readonly advantage: RollPlan['advantage']
  readonly isAutoFail: boolean
}

/** A roll as those see it who may see it. `expression` is canonical. */
export interface ShownRoll {
  readonly visibility: RollVisibility
  readonly expression: string
  readonly label?: string
  readonly result: DiceResult
  /** Absent: the expression was written by hand. */
  readonly check?: SheetRoll
  /** Absent in rolls from before dice were committed to. */
  readonly fair?: FairRoll
}

/** A blind roll as its roller sees it. */
export interface ConcealedRoll {
  readonly visibility: 'blind'
  readonly expression: string
  readonly label?: string
  readonly concealed: true
}

/** What `dice.rolled` carries. */
export type DiceRolled = ShownRoll | ConcealedRoll
