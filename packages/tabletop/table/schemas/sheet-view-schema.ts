import { z } from 'zod'
import {
  coins,
  hitDice,
  movements,
  proficiencies,
  resourceRests,
  senses,
  skills,
  slotLevels,
  type Sheet,
} from '../../characters/sheet'
import { abilities, damageTypes } from '../creatures'
import { defences } from './creature-schemas'
import { describes } from './describes'

const ability = z.enum(abilities)
const proficiency = z.enum(proficiencies)
const traitEffect = { gives: z.enum(['advantage', 'disadvantage']), reason: z.string() }

const rollTrait = z
  .discriminatedUnion('on', [
    z.object({ on: z.enum(['ability', 'save']), key: ability.nullable(), ...traitEffect }),
    z.object({ on: z.literal('skill'), key: z.enum(skills).nullable(), ...traitEffect }),
    z.object({ on: z.literal('attack'), key: z.string().nullable(), ...traitEffect }),
    z.object({ on: z.enum(['initiative', 'spell-attack']), key: z.null(), ...traitEffect }),
  ])
  .describe('Advantage or disadvantage that is always there; `key` null: on all of the kind')

const spellcasting = z.object({
  ability,
  bonus: z.int(),
  slots: z.partialRecord(z.enum(slotLevels), z.int()),
  pact: z
    .object({ level: z.int(), max: z.int() })
    .nullable()
    .describe('Slots that come back at a short rest, all of one level'),
})

const attack = z.object({
  id: z.string(),
  name: z.string(),
  ability: ability.nullable(),
  isProficient: z.boolean(),
  toHitBonus: z.int(),
  damage: z.string().describe('Dice notation; empty: it does none'),
  addsAbilityToDamage: z.boolean(),
  damageType: z.enum(damageTypes).nullable(),
  note: z.string(),
})

const armorClass = z.object({
  base: z.int(),
  dexterityMax: z.int().nullable().describe('null: all of it counts'),
  ability: ability.nullable().describe('What an unarmoured defence adds to Dexterity'),
  shield: z.int(),
  bonus: z.int(),
})

const resource = z.object({
  id: z.string(),
  name: z.string(),
  max: z.int(),
  per: z.enum(resourceRests).describe('The rest that brings it back'),
})

const item = z.object({
  name: z.string(),
  quantity: z.int(),
  weight: z.number().describe('Of one piece, in pounds'),
  isEquipped: z.boolean(),
  note: z.string(),
})

/** A sheet as it is shown: whole, where what is written may leave fields out. */
export const sheetView = describes<Sheet>()(
  z
    .object({
      species: z.string(),
      background: z.string(),
      alignment: z.string(),
      classes: z.array(z.object({ name: z.string(), level: z.int(), hitDie: z.enum(hitDice) })),
      abilities: z.record(ability, z.int()),
      saves: z.partialRecord(ability, proficiency),
      skills: z.partialRecord(z.enum(skills), proficiency),
      armorClass,
      speeds: z.partialRecord(z.enum(movements), z.int()).describe('In feet'),
      initiativeBonus: z.int().describe('On top of Dexterity'),
      maxHitPoints: z.int(),
      spellcasting: spellcasting.nullable().describe('null: casts none'),
      resources: z.array(resource),
      attacks: z.array(attack),
      rollTraits: z.array(rollTrait),
      defences,
      senses: z.partialRecord(z.enum(senses), z.int()).describe('In feet'),
      languages: z.array(z.string()),
      proficiencies: z.array(z.string()).describe('Armour, weapons, tools'),
      features: z.array(z.object({ name: z.string(), text: z.string() })),
      inventory: z.array(item),
      coins: z.partialRecord(z.enum(coins), z.int()),
      personality: z.string().describe('Traits, ideals, bonds, flaws'),
      notes: z.string().describe('For the owner and the GM'),
    })
    .describe('A fifth-edition character sheet'),
)
