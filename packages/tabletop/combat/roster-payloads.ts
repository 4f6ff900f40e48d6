import { z } from 'zod'
import { conditions, damageTypes, materials } from '../table/creatures'
import { creatureId, hpDisplay, nameText, noteText } from './payloads'

const defence = z.strictObject({
  type: z.enum(damageTypes),
  nonmagical: z.literal(true).exactOptional().describe('Only against attacks that are not magical'),
  bypassedBy: z.enum(materials).exactOptional().describe('Not against weapons of this kind'),
})
const defenceList = z.array(defence).max(20)

/** What a stat block says, for a creature that the compendium does not have. */
export const statBlock = z.strictObject({
  name: nameText,
  maxHp: z.int().min(1).max(9_999),
  armorClass: z.int().min(0).max(99).nullable().default(null),
  dexModifier: z.int().min(-10).max(20).default(0),
  conSave: z.int().min(-10).max(30).default(0),
  resistances: defenceList.default([]),
  vulnerabilities: defenceList.default([]),
  immunities: defenceList.default([]),
  conditionImmunities: z.array(z.enum(conditions)).max(15).default([]),
  legendaryActions: z.int().min(0).max(9).default(0),
  legendaryResistances: z.int().min(0).max(9).default(0),
  recharges: z
    .array(z.strictObject({ name: nameText, from: z.int().min(2).max(6) }))
    .max(10)
    .default([]),
})

const shown = {
  alias: nameText.nullable().default(null).describe('What players read in place of the name'),
  isHidden: z.boolean().default(false),
}
const initiative = z.int().min(-20).max(60).nullable().default(null)

const many = {
  ...shown,
  count: z.int().min(1).max(30).default(1),
  hpShown: hpDisplay.default('label'),
  isGroup: z.boolean().default(true).describe('Rolls initiative as one'),
  hp: z.enum(['average', 'rolled']).default('average'),
  initiative,
  diesAtZero: z.boolean().default(true),
}

/** Somebody who comes to the fight. */
export const newcomer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('character'), id: creatureId, initiative }),
  z.strictObject({
    kind: z.literal('monster'),
    monster: z.string().max(80),
    name: nameText.optional(),
    ...many,
  }),
  z.strictObject({ kind: z.literal('custom'), stats: statBlock, ...many }),
  z.strictObject({ kind: z.literal('lair'), name: nameText, ...shown }),
])
export type Newcomer = z.infer<typeof newcomer>

/** What can be changed of a combatant by hand. */
export const combatantEdits = z
  .strictObject({
    name: nameText.optional(),
    alias: nameText.nullable().optional(),
    isHidden: z.boolean().optional(),
    hpShown: hpDisplay.optional(),
    initiative: z.int().min(-20).max(60).nullable().optional(),
    group: z.string().max(64).nullable().optional().describe('Rolls initiative as one with others of it'),
    isSurprised: z.boolean().optional(),
    isOut: z.boolean().optional().describe('No turn comes to it'),
    rider: creatureId.nullable().optional().describe('Whose initiative it follows as a mount'),
    armorClass: z.int().min(0).max(99).nullable().optional(),
    diesAtZero: z.boolean().optional(),
    note: noteText.optional(),
  })
  .refine((edits) => Object.keys(edits).length > 0, 'Expected something to change')
export type CombatantEdits = z.infer<typeof combatantEdits>
