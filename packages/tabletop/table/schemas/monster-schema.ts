import { z } from 'zod'
import { movements, senses, skills } from '../../characters/sheet'
import { monsterTypes, sizes, type Monster, type MonsterAbility } from '../../compendium/monster'
import { abilities, damageTypes } from '../creatures'
import { defenceFields } from './creature-schemas'
import { describes } from './describes'

const damage = z.array(z.object({ expression: z.string(), type: z.enum(damageTypes) }))

const ability = describes<MonsterAbility>()(
  z.object({
    name: z.string(),
    text: z.string(),
    attack: z
      .object({
        toHit: z.int(),
        damage,
        otherwise: damage.exactOptional().describe('What a hit does instead when the text says so'),
      })
      .exactOptional(),
    saves: z
      .array(
        z.object({
          ability: z.enum(abilities),
          dc: z.int(),
          damage,
          isHalved: z.boolean().describe('A successful save costs half of it'),
        }),
      )
      .exactOptional(),
    recharge: z.object({ from: z.int() }).exactOptional().describe('It comes back on a d6 of at least this'),
    uses: z.object({ count: z.int(), per: z.enum(['turn', 'day', 'short-rest']) }).exactOptional(),
    cost: z.int().exactOptional().describe('Of legendary actions; absent: 1'),
  }),
)
const abilityList = z.array(ability)

const statBlock = z.object({
  id: z.string().describe('The name as a slug: `adult-red-dragon`'),
  name: z.string(),
  size: z.enum(sizes),
  type: z.enum(monsterTypes),
  subtype: z.string().nullable(),
  isSwarm: z.boolean(),
  alignment: z.string(),
  armorClass: z.int(),
  hitPoints: z.int().describe('The average of `hitDice`, rounded down'),
  hitDice: z.string().describe('Dice notation: `2d6+2`'),
  speeds: z.partialRecord(z.enum(movements), z.int()).describe('In feet'),
  canHover: z.boolean(),
  abilities: z.record(z.enum(abilities), z.int()),
  saves: z.partialRecord(z.enum(abilities), z.int()).describe('Of those it is proficient in'),
  skills: z.partialRecord(z.enum(skills), z.int()).describe('Of those it is proficient in'),
  defences: z.object({
    ...defenceFields,
    notes: z.array(z.string()).describe('What no list can hold'),
  }),
  senses: z.object({
    ranges: z.partialRecord(z.enum(senses), z.int()).describe('In feet'),
    passivePerception: z.int(),
    isBlindBeyond: z.boolean().describe('It sees nothing beyond its blindsight'),
  }),
  languages: z.string(),
  challenge: z.object({
    rating: z.number().describe('0.25 is 1/4'),
    text: z.string().describe('As it is written: `1/4`'),
    xp: z.int(),
  }),
  proficiencyBonus: z.int(),
  traits: abilityList,
  actions: abilityList,
  reactions: abilityList,
  legendaryActions: abilityList,
  legendaryActionCount: z.int(),
  legendaryResistancesPerDay: z.int(),
  hasLairActions: z.boolean(),
})

/** A creature of the compendium. */
export const monster = describes<Monster>()(
  statBlock.describe('A stat block. Texts are those of the SRD, in English'),
)
