import type { Movement, Sense, Skill } from '../characters/sheet'
import type { Ability, DamageType, Defences } from '../table/creatures'

/** How big a creature is, from the smallest. */
export const sizes = ['tiny', 'small', 'medium', 'large', 'huge', 'gargantuan'] as const
export type Size = (typeof sizes)[number]

/** What kind of creature it is. */
export const monsterTypes = [
  'aberration',
  'beast',
  'celestial',
  'construct',
  'dragon',
  'elemental',
  'fey',
  'fiend',
  'giant',
  'humanoid',
  'monstrosity',
  'ooze',
  'plant',
  'undead',
] as const
export type MonsterType = (typeof monsterTypes)[number]

/** A stat block. Names and prose are those of the SRD, in English; distances are in feet. */
export interface Monster {
  /** The name as a slug: `adult-red-dragon`. */
  readonly id: string
  readonly name: string
  readonly size: Size
  readonly type: MonsterType
  /** What stands in brackets after the type: `goblinoid`. */
  readonly subtype: string | null
  /** Many small creatures that count as one. */
  readonly isSwarm: boolean
  readonly alignment: string
  readonly armorClass: number
  /** The average of `hitDice`, rounded down. */
  readonly hitPoints: number
  /** Dice notation: `2d6+2`. */
  readonly hitDice: string
  /** What is not there is 0. */
  readonly speeds: Readonly<Partial<Record<Movement, number>>>
  readonly canHover: boolean
  readonly abilities: Readonly<Record<Ability, number>>
  /** Whole modifiers of the saves it is proficient in. */
  readonly saves: Readonly<Partial<Record<Ability, number>>>
  /** Whole modifiers of the skills it is proficient in. */
  readonly skills: Readonly<Partial<Record<Skill, number>>>
  readonly defences: MonsterDefences
  readonly senses: MonsterSenses
  readonly languages: string
  readonly challenge: Challenge
  readonly proficiencyBonus: number
  readonly traits: readonly MonsterAbility[]
  readonly actions: readonly MonsterAbility[]
  readonly reactions: readonly MonsterAbility[]
  readonly legendaryActions: readonly MonsterAbility[]
  /** How many legendary actions it has per round; 0: none. */
  readonly legendaryActionCount: number
  readonly legendaryResistancesPerDay: number
  /** Known of very few: the SRD leaves lairs to the GM. */
  readonly hasLairActions: boolean
}

/** `rating` is 0, 1/8, 1/4, 1/2 or a whole number up to 30; `text` is how it is written: `1/4`. */
export interface Challenge {
  readonly rating: number
  readonly text: string
  readonly xp: number
}

/** What it shrugs off and suffers from. `notes` are what no list can hold, as in "damage from spells". */
export interface MonsterDefences extends Defences {
  readonly notes: readonly string[]
}

/** Ranges of its senses; what is not there is 0. */
export interface MonsterSenses {
  readonly ranges: Readonly<Partial<Record<Sense, number>>>
  readonly passivePerception: number
  /** It sees nothing beyond its blindsight. */
  readonly isBlindBeyond: boolean
}

/** A trait, an action, a reaction or a legendary action. What the text says is also there as numbers, where it can be. */
export interface MonsterAbility {
  /** Without what the other fields hold: `Fire Breath`, not `Fire Breath (Recharge 5-6)`. */
  readonly name: string
  readonly text: string
  readonly attack?: MonsterAttack
  /** Every saving throw that it asks for, in the order of the text. */
  readonly saves?: readonly MonsterSave[]
  /** It comes back on a d6 of at least this, at the start of a turn. */
  readonly recharge?: { readonly from: number }
  readonly uses?: { readonly count: number; readonly per: 'turn' | 'day' | 'short-rest' }
  /** Of legendary actions; absent: 1. */
  readonly cost?: number
}

/** `damage` is what a hit does; `otherwise` what it does instead when the text says so: in two hands, by half a swarm. */
export interface MonsterAttack {
  readonly toHit: number
  /** Empty: it does something else than damage. */
  readonly damage: readonly MonsterDamage[]
  readonly otherwise?: readonly MonsterDamage[]
}

/** Dice notation and its type: `2d6+5` slashing. */
export interface MonsterDamage {
  readonly expression: string
  readonly type: DamageType
}

/** `damage` is what a failed save costs; `isHalved`: a successful one costs half of it, otherwise none. */
export interface MonsterSave {
  readonly ability: Ability
  readonly dc: number
  readonly damage: readonly MonsterDamage[]
  readonly isHalved: boolean
}
