import { z } from 'zod'
import {
  conditions,
  damageTypes,
  hpDisplays,
  hpLabels,
  lives,
  materials,
  type AppliedCondition,
  type Combat,
  type Combatant,
  type CombatantStats,
  type Defence,
  type Defences,
  type Vitals,
} from '../creatures'
import { describes } from './describes'

const count = z.int().min(0)
const counts = z.record(z.string(), count)
const counter = z.object({ max: count, used: count })

export const owner = z.string().nullable().describe('Whose it is: a player’s uuid; null: the GM’s')
export const hpShown = z.enum(hpDisplays).describe('What other players see of its hit points')
export const isHidden = z.boolean().describe('Other players do not know that it exists')

const defence = describes<Defence>()(
  z.object({
    type: z.enum(damageTypes),
    nonmagical: z.literal(true).exactOptional().describe('Only against attacks that are not magical'),
    bypassedBy: z.enum(materials).exactOptional().describe('Weapons of it count as magical'),
  }),
)
const defenceList = z.array(defence)

export const defenceFields = {
  resistances: defenceList,
  vulnerabilities: defenceList,
  immunities: defenceList,
  conditionImmunities: z.array(z.enum(conditions)),
}
export const defences = describes<Defences>()(z.object(defenceFields))

const until = z
  .object({
    moment: z.enum(['start', 'end']),
    of: z.string().describe('Whose turn: a combatant’s id'),
    round: count,
  })
  .describe('When it ends by itself')

export const appliedCondition = describes<AppliedCondition>()(
  z.object({
    id: z.string(),
    condition: z.enum(conditions),
    isOpen: z.literal(true).exactOptional().describe('Players read its source, its end and its note too'),
    source: z.string().exactOptional().describe('Who caused it: a combatant’s id'),
    until: until.exactOptional(),
    impliedBy: z.string().exactOptional().describe('The condition that brought this one along'),
    endsOnHealing: z.literal(true).exactOptional(),
    note: z.string().exactOptional(),
  }),
)

const hitPoints = z.object({
  now: count,
  max: count.describe('As the sheet or the stat block says'),
  maxChange: z.int().describe('Added to the maximum: below 0 for a reduction'),
  temporary: count,
})

const spent = z.object({
  slots: counts.describe('By spell level, `1` to `9`, and `pact`'),
  resources: counts.describe('By the id of the resource'),
  hitDice: counts.describe('By die, such as `d8`'),
})

export const vitals = describes<Vitals>()(
  z
    .object({
      id: z.string().describe('The creature: a character’s id, or a monster combatant’s'),
      kind: z.enum(['character', 'monster']),
      owner,
      isHidden,
      hpShown,
      life: z.enum(lives).describe('`dying` and `stable` are at 0 hit points'),
      exhaustion: count.max(6),
      conditions: z.array(appliedCondition),
      hitPoints: hitPoints.nullable().describe('null: not for this viewer'),
      label: z
        .enum(hpLabels)
        .nullable()
        .describe('Hit points in a word, where the numbers are not for this viewer'),
      deathSaves: z
        .object({ successes: count, failures: count })
        .nullable()
        .describe('null: not for this viewer'),
      concentration: z.string().nullable().describe('The spell; null: none, or not for this viewer'),
      concentrationChecks: z
        .array(z.object({ id: z.string(), dc: count }))
        .describe('Checks that damage has asked for and nobody has rolled yet'),
      spent: spent.nullable().describe('What is used up; null: not for this viewer'),
    })
    .describe('What changes while a creature lives, fights and rests'),
)

const stats = describes<CombatantStats>()(
  z.object({
    monster: z.string().nullable().describe('Its id in `GET /api/monsters`'),
    armorClass: z.int().nullable(),
    dexModifier: z.int(),
    conSave: z.int(),
    defences,
    diesAtZero: z.boolean().describe('At 0 hit points it dies, or else falls like a character'),
    legendaryActions: counter.nullable(),
    legendaryResistances: counter.nullable(),
    recharges: z.array(
      z.object({
        name: z.string(),
        from: count.describe('It comes back on a d6 of at least this'),
        isReady: z.boolean(),
      }),
    ),
    note: z.string(),
  }),
)

const combatantFields = z.object({
  id: z.string().describe('The same as its vitals’'),
  kind: z.enum(['character', 'monster', 'lair']),
  owner,
  name: z.string(),
  alias: z.string().nullable().describe('What players read in place of the name'),
  isHidden,
  group: z.string().nullable().describe('Creatures of one group roll initiative as one'),
  initiative: z.number().nullable().describe('null: not rolled yet'),
  rank: z.number().describe('Order among equals, lower first'),
  status: z.enum(['active', 'delayed', 'readied', 'out']),
  isSurprised: z.boolean(),
  isReactionUsed: z.boolean(),
  rider: z.string().nullable().describe('Whose initiative it follows as a mount: a combatant’s id'),
  stats: stats.nullable().describe('For the GM; null in the views of others'),
})

export const combatant = describes<Combatant>()(combatantFields.describe('A row in the order of initiative'))

export const combatantWithVitals = describes<Combatant & { readonly vitals: Vitals | null }>()(
  combatantFields
    .extend({ vitals: vitals.nullable().describe('null: it is no creature') })
    .describe('A row in the order of initiative, with its vitals'),
)

export const combat = describes<Combat>()(
  z
    .object({
      phase: z.enum(['setup', 'running']),
      round: count.describe('From 1; 0 in setup'),
      turn: z
        .string()
        .nullable()
        .describe('Whose turn: a combatant’s id. Turns that are hidden are not shown'),
      real: z
        .object({ round: count, turn: z.string().nullable() })
        .nullable()
        .describe('Where the fight really is: for the GM; null in the views of others'),
    })
    .describe('The fight itself'),
)
