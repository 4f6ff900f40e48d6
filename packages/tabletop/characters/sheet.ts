import type { Ability, DamageType, Defences } from '../table/creatures'

/** The 18 skills and the ability that each goes with. */
export const skillAbilities = {
  acrobatics: 'dex',
  'animal-handling': 'wis',
  arcana: 'int',
  athletics: 'str',
  deception: 'cha',
  history: 'int',
  insight: 'wis',
  intimidation: 'cha',
  investigation: 'int',
  medicine: 'wis',
  nature: 'int',
  perception: 'wis',
  performance: 'cha',
  persuasion: 'cha',
  religion: 'int',
  'sleight-of-hand': 'dex',
  stealth: 'dex',
  survival: 'wis',
} as const satisfies Record<string, Ability>
export type Skill = keyof typeof skillAbilities
export const skills = parseSkills(Object.keys(skillAbilities))

/** How much of the proficiency bonus counts: nothing, half (rounded down), all, twice. */
export const proficiencies = ['none', 'half', 'proficient', 'expertise'] as const
export type Proficiency = (typeof proficiencies)[number]

/** A die that heals at a short rest. */
export const hitDice = ['d4', 'd6', 'd8', 'd10', 'd12'] as const
export type HitDie = (typeof hitDice)[number]

/** Ways to move. */
export const movements = ['walk', 'burrow', 'climb', 'fly', 'swim'] as const
export type Movement = (typeof movements)[number]

/** Ways to perceive beyond plain sight. */
export const senses = ['blindsight', 'darkvision', 'tremorsense', 'truesight'] as const
export type Sense = (typeof senses)[number]

/** Coins, from the least to the dearest. */
export const coins = ['cp', 'sp', 'ep', 'gp', 'pp'] as const
export type Coin = (typeof coins)[number]

/** Levels of spell slots, as `Spent.slots` names them. */
export const slotLevels = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
export type SlotLevel = (typeof slotLevels)[number]

/** When a resource comes back. */
export const resourceRests = ['short', 'long', 'other'] as const
export type ResourceRest = (typeof resourceRests)[number]

/** Levels in one class, and the hit die that each level brings. */
export interface ClassLevels {
  readonly name: string
  readonly level: number
  readonly hitDie: HitDie
}

/**
 * Armour class = `base` + Dexterity (at most `dexterityMax`) + `ability` + `shield` + `bonus`. A plain number is a base
 * with `dexterityMax` 0.
 */
export interface ArmorClass {
  /** 10 without armour. */
  readonly base: number
  /** null: all of it; 2 in medium armour; 0 in heavy armour. */
  readonly dexterityMax: number | null
  /** What an unarmoured defence adds to Dexterity. */
  readonly ability: Ability | null
  /** What the shield gives; 0 without one. */
  readonly shield: number
  readonly bonus: number
}

/** How a character casts spells. */
export interface Spellcasting {
  readonly ability: Ability
  /** Added to the save DC and to spell attacks. */
  readonly bonus: number
  /** How many slots of each level; a level that is not there has none. */
  readonly slots: Readonly<Partial<Record<SlotLevel, number>>>
  /** Slots that come back at a short rest, all of one level. */
  readonly pact: { readonly level: number; readonly max: number } | null
}

/** Something that can be used so many times: rage, ki, channel divinity. */
export interface Resource {
  /** Within the sheet; `Spent.resources` counts by it. */
  readonly id: string
  readonly name: string
  readonly max: number
  readonly per: ResourceRest
}

/** A weapon or another attack. A fixed number to hit is a `toHitBonus` without ability and proficiency. */
export interface Attack {
  /** Within the sheet. */
  readonly id: string
  readonly name: string
  readonly ability: Ability | null
  readonly isProficient: boolean
  readonly toHitBonus: number
  /** Dice notation without repeats and label, such as `1d8` or `1d8 [slashing] + 1d6 [fire]`; '': it does none. */
  readonly damage: string
  readonly addsAbilityToDamage: boolean
  /** Of what in `damage` has no type of its own. */
  readonly damageType: DamageType | null
  readonly note: string
}

/**
 * Advantage or disadvantage that is always there, such as armour's on Stealth; `key` null: on all of the kind. What goes
 * for an ability's checks goes for its skills too, and for initiative if it is Dexterity.
 */
export type RollTrait = {
  readonly gives: 'advantage' | 'disadvantage'
  /** What it comes from, in the player's words. */
  readonly reason: string
} & (
  | { readonly on: 'ability' | 'save'; readonly key: Ability | null }
  | { readonly on: 'skill'; readonly key: Skill | null }
  /** `key` is an attack's id. */
  | { readonly on: 'attack'; readonly key: string | null }
  | { readonly on: 'initiative' | 'spell-attack'; readonly key: null }
)

/** A feature, trait or feat. */
export interface Feature {
  readonly name: string
  readonly text: string
}

/** Something carried. `weight` is that of one piece, in pounds. */
export interface Item {
  readonly name: string
  readonly quantity: number
  readonly weight: number
  readonly isEquipped: boolean
  readonly note: string
}

/**
 * What is written on a fifth-edition character sheet; what follows from it is in `derived.ts`, what changes in play in
 * the vitals. Hit dice are those of the classes. Distances are in feet.
 */
export interface Sheet {
  readonly species: string
  readonly background: string
  readonly alignment: string
  readonly classes: readonly ClassLevels[]
  readonly abilities: Readonly<Record<Ability, number>>
  /** What is not there is `none`. */
  readonly saves: Readonly<Partial<Record<Ability, Proficiency>>>
  /** What is not there is `none`. */
  readonly skills: Readonly<Partial<Record<Skill, Proficiency>>>
  readonly armorClass: ArmorClass
  /** What is not there is 0. */
  readonly speeds: Readonly<Partial<Record<Movement, number>>>
  /** On top of Dexterity. */
  readonly initiativeBonus: number
  readonly maxHitPoints: number
  /** null: casts none. */
  readonly spellcasting: Spellcasting | null
  readonly resources: readonly Resource[]
  readonly attacks: readonly Attack[]
  readonly rollTraits: readonly RollTrait[]
  readonly defences: Defences
  /** Ranges; what is not there is 0. */
  readonly senses: Readonly<Partial<Record<Sense, number>>>
  readonly languages: readonly string[]
  /** Armour, weapons, tools. */
  readonly proficiencies: readonly string[]
  readonly features: readonly Feature[]
  readonly inventory: readonly Item[]
  /** What is not there is 0. */
  readonly coins: Readonly<Partial<Record<Coin, number>>>
  /** Traits, ideals, bonds, flaws. */
  readonly personality: string
  /** For the owner and the GM. */
  readonly notes: string
}

/** A sheet on which nothing has been written yet. */
export const blankSheet: Sheet = {
  species: '',
  background: '',
  alignment: '',
  classes: [],
  abilities: { str: 10, dex: 10, con: 10, int: 10, wis: 10, cha: 10 },
  saves: {},
  skills: {},
  armorClass: { base: 10, dexterityMax: null, ability: null, shield: 0, bonus: 0 },
  speeds: { walk: 30 },
  initiativeBonus: 0,
  maxHitPoints: 10,
  spellcasting: null,
  resources: [],
  attacks: [],
  rollTraits: [],
  defences: { resistances: [], vulnerabilities: [], immunities: [], conditionImmunities: [] },
  senses: {},
  languages: [],
  proficiencies: [],
  features: [],
  inventory: [],
  coins: {},
  personality: '',
  notes: '',
}

/** `Object.keys` forgets which keys there are. */
function parseSkills(keys: readonly string[]): readonly Skill[] {
  return keys as readonly Skill[]
}
