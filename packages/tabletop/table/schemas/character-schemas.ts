import { z } from 'zod'
import type { Character } from '../../characters/character'
import { passiveSkills, type Derived } from '../../characters/derived'
import { partSources, type Explained, type Part } from '../../characters/explained'
import type { Influence } from '../../characters/influences'
import type { RollPlan } from '../../characters/roll-plan'
import { hitDice, movements, skills } from '../../characters/sheet'
import { circumstances } from '../../rules/effect'
import { abilities, conditions } from '../creatures'
import { hpShown, isHidden, owner } from './creature-schemas'
import { describes } from './describes'
import { sheetView } from './sheet-view-schema'

export const character = describes<Character>()(
  z
    .object({
      id: z.string(),
      owner,
      isHidden,
      hpShown,
      name: z.string(),
      summary: z.string().describe('Everyone reads it, as in `Half-elf bard 3`'),
      publicNotes: z.string(),
      sheet: sheetView.nullable().describe('null: not for this viewer'),
      gmNotes: z.string().describe('For the GM; empty in the views of others'),
      revisions: z
        .record(z.string(), z.int())
        .nullable()
        .exactOptional()
        .describe('By field: the revision that changed it last; null for those who may not edit'),
    })
    .describe('Someone that a player plays, or that the GM keeps as if they were'),
)

export const part = describes<Part>()(
  z.object({
    source: z.enum(partSources),
    params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
    amount: z.number(),
  }),
)
const parts = z.array(part)

export const explained = describes<Explained>()(
  z.object({ value: z.number(), parts }).describe('A number and why it is that: the sum of its parts'),
)

const damage = z.object({ expression: z.string().describe('To roll, the modifier in it'), parts })

export const derived = describes<Derived>()(
  z
    .object({
      level: z.int(),
      proficiencyBonus: explained,
      abilities: z.record(z.enum(abilities), explained).describe('The modifiers of the scores'),
      checks: z.record(z.enum(abilities), explained),
      saves: z.record(z.enum(abilities), explained),
      skills: z.record(z.enum(skills), explained),
      initiative: explained,
      passives: z.record(z.enum(passiveSkills), explained),
      armorClass: explained,
      speeds: z.partialRecord(z.enum(movements), explained).describe('In feet'),
      carryingCapacity: explained.describe('In pounds'),
      carried: explained.describe('In pounds'),
      hitDice: z.partialRecord(z.enum(hitDice), z.int()),
      spells: z.object({ saveDc: explained, attack: explained }).nullable().describe('null: casts none'),
      attacks: z.array(
        z.object({
          id: z.string(),
          toHit: explained,
          damage: damage.nullable().describe('null: it does none'),
        }),
      ),
    })
    .describe('What follows from a sheet as its character is now: conditions and exhaustion count'),
)

const sides = ['advantage', 'disadvantage'] as const
const influence = describes<Influence>()(
  z.discriminatedUnion('source', [
    z.object({ source: z.literal('asked'), effect: z.enum(sides) }),
    z.object({ source: z.literal('sheet'), effect: z.enum(sides), reason: z.string() }),
    z.object({
      source: z.literal('condition'),
      effect: z.enum([...sides, 'auto-fail']),
      condition: z.enum(conditions),
      rule: z.string(),
      when: z.enum(circumstances).exactOptional().describe('It holds only then'),
    }),
  ]),
)

export const advantage = describes<RollPlan['advantage']>()(
  z
    .object({
      state: z.enum(['advantage', 'disadvantage', 'straight']),
      sources: z.array(influence).describe('Those that count'),
      possible: z
        .array(influence)
        .describe('Those that would count under circumstances that nobody has told'),
    })
    .describe('Whether the d20 is rolled twice, and why'),
)
