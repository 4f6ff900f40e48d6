import { z } from 'zod'
import { abilities, conditions, damageTypes, materials } from '../table/creatures'
import { filledLineOf, lineOf, textOf } from '../table/plain-text'
import { damageFault } from './damage-notation'
import {
  blankSheet,
  coins,
  hitDice,
  movements,
  proficiencies,
  resourceRests,
  senses,
  skills,
  slotLevels,
  type Sheet,
} from './sheet'
import { sheetLimits } from './sheet-limits'

const ability = z.enum(abilities)
const proficiency = z.enum(proficiencies)
const name = filledLineOf(sheetLimits.name)
const line = lineOf(sheetLimits.name)
const note = lineOf(sheetLimits.note).default('')
const text = textOf(sheetLimits.text)
/** Latin letters, digits and hyphens: these ids are keys of records. */
export const sheetId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, 'Expected 1 to 40 of A-Z a-z 0-9 -')
const feet = whole(0, 1_000)
const modifier = whole(-30, 30)

const classLevels = z.strictObject({ name, level: whole(1, sheetLimits.levels), hitDie: z.enum(hitDice) })

const armorClass = z.strictObject({
  base: whole(0, 50).default(blankSheet.armorClass.base),
  dexterityMax: whole(0, 10).nullable().default(null),
  ability: ability.nullable().default(null),
  shield: whole(0, 10).default(0),
  bonus: modifier.default(0),
})

const spellcasting = z.strictObject({
  ability,
  bonus: modifier.default(0),
  slots: z.partialRecord(z.enum(slotLevels), whole(0, 20)).default({}),
  pact: z
    .strictObject({ level: whole(1, 9), max: whole(1, 20) })
    .nullable()
    .default(null),
})

const resource = z.strictObject({ id: sheetId, name, max: whole(1, 999), per: z.enum(resourceRests) })

const attack = z.strictObject({
  id: sheetId,
  name,
  ability: ability.nullable().default(null),
  isProficient: z.boolean().default(true),
  toHitBonus: modifier.default(0),
  damage: lineOf(sheetLimits.damage)
    .superRefine((damage, context) => {
      const fault = damage === '' ? null : damageFault(damage)
      if (fault !== null) context.addIssue({ code: 'custom', message: `Expected dice notation: ${fault}` })
    })
    .default(''),
  addsAbilityToDamage: z.boolean().default(true),
  damageType: z.enum(damageTypes).nullable().default(null),
  note,
})

const traitEffect = { gives: z.enum(['advantage', 'disadvantage']), reason: line.default('') }
const rollTrait = z.discriminatedUnion('on', [
  z.strictObject({ on: z.enum(['ability', 'save']), key: ability.nullable(), ...traitEffect }),
  z.strictObject({ on: z.literal('skill'), key: z.enum(skills).nullable(), ...traitEffect }),
  z.strictObject({ on: z.literal('attack'), key: sheetId.nullable(), ...traitEffect }),
  z.strictObject({ on: z.enum(['initiative', 'spell-attack']), key: z.null().default(null), ...traitEffect }),
])

const defence = z.strictObject({
  type: z.enum(damageTypes),
  nonmagical: z.literal(true).exactOptional().describe('Only against attacks that are not magical'),
  bypassedBy: z.enum(materials).exactOptional().describe('Not against weapons of this kind'),
})
const defences = z.strictObject({
  resistances: listOf(defence, damageTypes.length * 2).default([]),
  vulnerabilities: listOf(defence, damageTypes.length * 2).default([]),
  immunities: listOf(defence, damageTypes.length * 2).default([]),
  conditionImmunities: listOf(z.enum(conditions), conditions.length).default([]),
})

const item = z.strictObject({
  name,
  quantity: whole(0, 99_999).default(1),
  weight: z
    .number()
    .min(0)
    .max(9_999)
    .transform((pounds) => Math.round(pounds * 100) / 100)
    .default(0)
    .describe('Of one piece, in pounds'),
  isEquipped: z.boolean().default(false),
  note,
})

/** The fields of a sheet. Each is written as a whole, and has no default of its own: an edit leaves out the others. */
const sheetFields = {
  species: line,
  background: line,
  alignment: line,
  classes: listOf(classLevels, sheetLimits.classes).refine(
    (classes) => classes.reduce((levels, { level }) => levels + level, 0) <= sheetLimits.levels,
    `Expected at most ${sheetLimits.levels} levels in all`,
  ),
  abilities: z.record(ability, whole(1, 30)),
  saves: z.partialRecord(ability, proficiency),
  skills: z.partialRecord(z.enum(skills), proficiency),
  armorClass,
  speeds: z.partialRecord(z.enum(movements), feet),
  initiativeBonus: modifier,
  maxHitPoints: whole(1, sheetLimits.hitPoints),
  spellcasting: spellcasting.nullable(),
  resources: listOf(resource, sheetLimits.resources).refine(hasOwnIds, 'Expected ids that differ'),
  attacks: listOf(attack, sheetLimits.attacks).refine(hasOwnIds, 'Expected ids that differ'),
  rollTraits: listOf(rollTrait, sheetLimits.rollTraits),
  defences,
  senses: z.partialRecord(z.enum(senses), feet),
  languages: listOf(name, sheetLimits.lines),
  proficiencies: listOf(name, sheetLimits.lines),
  features: listOf(
    z.strictObject({ name, text: textOf(sheetLimits.featureText).default('') }),
    sheetLimits.features,
  ),
  inventory: listOf(item, sheetLimits.inventory),
  coins: z.partialRecord(z.enum(coins), whole(0, 9_999_999)),
  personality: text,
  notes: text,
}

/** Some fields of a sheet, each as a whole. */
export const sheetChanges = z.strictObject(sheetFields).exactPartial()

/** A sheet; what is left out is as on a blank one. */
export const sheetSchema = sheetChanges.transform((written): Sheet => ({ ...blankSheet, ...written }))

function whole(min: number, max: number) {
  return z.int().min(min).max(max)
}

function listOf<Entry extends z.ZodType>(entry: Entry, max: number) {
  return z.array(entry).max(max)
}

function hasOwnIds(entries: readonly { readonly id: string }[]): boolean {
  return new Set(entries.map(({ id }) => id)).size === entries.length
}
