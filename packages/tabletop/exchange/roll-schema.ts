import { z } from 'zod'
import { partSources, type Part } from '../characters/explained'
import type { Influence } from '../characters/influences'
import { rollCheck } from '../characters/roll-check'
import { diceLimits } from '../dice/dice-limits'
import type { DiceResult } from '../dice/dice-result'
import { circumstances } from '../rules/effect'
import { conditions } from '../table/creatures'
import { rollVisibilities, type SheetRoll, type ShownRoll } from '../table/messages'
import { describes } from '../table/schemas/describes'
import { entityId, someLine } from './entity-schemas'

const notation = z.string().min(1).max(1_000)
/** Repeats, and what each has of dice and terms, are limited together by how long an entry may be. */
const many = diceLimits.dice * diceLimits.repeats
const rounded = { total: z.number(), exact: z.string().max(40).exactOptional() }
const score = z.union([z.literal(1), z.literal(-1)])

const die = z.strictObject({
  face: z.int(),
  value: z.number().exactOptional(),
  exploded: z.literal(true).exactOptional(),
  fate: z.enum(['dropped', 'rerolled', 'joined']).exactOptional(),
  score: score.exactOptional(),
})

const outcome = z.strictObject({
  ...rounded,
  terms: z
    .array(
      z.strictObject({
        total: z.number(),
        dice: z.array(die).max(diceLimits.dice),
        isDropped: z.literal(true).exactOptional(),
      }),
    )
    .max(many),
  pools: z
    .array(
      z.strictObject({
        entries: z
          .array(
            z.strictObject({
              ...rounded,
              isDropped: z.literal(true).exactOptional(),
              score: score.exactOptional(),
            }),
          )
          .max(diceLimits.poolEntries),
      }),
    )
    .max(diceLimits.poolEntries)
    .exactOptional(),
  parts: z
    .array(z.strictObject(rounded))
    .max(diceLimits.types + 1)
    .exactOptional(),
})

const reading = z.strictObject({ text: z.string().max(100), from: z.number(), to: z.number() })

const rolled = {
  canonical: notation,
  label: someLine.exactOptional(),
  terms: z
    .array(z.strictObject({ notation, readings: z.array(reading).max(many).exactOptional() }))
    .max(many),
  types: z
    .array(someLine.nullable())
    .max(diceLimits.types + 1)
    .exactOptional(),
  outcomes: z.array(outcome).min(1).max(diceLimits.repeats),
}

const result = describes<DiceResult>()(
  z.union([
    z.strictObject({ ...rolled, ...rounded }),
    z.strictObject({ ...rolled, totals: z.array(z.number()).min(1).max(diceLimits.repeats) }),
  ]),
)

const part = describes<Part>()(
  z.strictObject({
    source: z.enum(partSources),
    params: z
      .record(z.string().regex(/^[a-z][A-Za-z]{0,30}$/), z.union([someLine, z.number()]))
      .exactOptional(),
    amount: z.number(),
  }),
)

const effect = z.enum(['advantage', 'disadvantage'])
const influence = describes<Influence>()(
  z.discriminatedUnion('source', [
    z.strictObject({ source: z.literal('asked'), effect }),
    z.strictObject({ source: z.literal('sheet'), effect, reason: someLine }),
    z.strictObject({
      source: z.literal('condition'),
      effect: z.enum([...effect.options, 'auto-fail']),
      condition: z.enum(conditions),
      rule: z.string().max(20),
      when: z.enum(circumstances).exactOptional(),
    }),
  ]),
)
const influences = z.array(influence).max(100)

const check = describes<SheetRoll>()(
  z.strictObject({
    character: entityId,
    name: someLine,
    of: rollCheck,
    parts: z.array(part).max(40),
    advantage: z.strictObject({
      state: z.enum(['advantage', 'disadvantage', 'straight']),
      sources: influences,
      possible: influences,
    }),
    isAutoFail: z.boolean(),
  }),
)

/**
 * A roll as the GM sees it. What it would take to verify it is left out: the seed stays at the table where it was rolled,
 * and a document is whatever somebody has made of it.
 */
export const rollSchema = describes<Omit<ShownRoll, 'fair'>>()(
  z.strictObject({
    visibility: z.enum(rollVisibilities),
    expression: notation,
    label: someLine.exactOptional(),
    result,
    check: check.exactOptional(),
  }),
)
