/** What the table knows of creatures, as plain JSON entities. Each carries all that its own redaction needs. */

/** Which rules: SRD 5.1 (2014) or SRD 5.2 (2024). */
export const editions = ['2014', '2024'] as const
export type Edition = (typeof editions)[number]

/** The six abilities. */
export const abilities = ['str', 'dex', 'con', 'int', 'wis', 'cha'] as const
export type Ability = (typeof abilities)[number]

/** Kinds of damage. */
export const damageTypes = [
  'acid',
  'bludgeoning',
  'cold',
  'fire',
  'force',
  'lightning',
  'necrotic',
  'piercing',
  'poison',
  'psychic',
  'radiant',
  'slashing',
  'thunder',
] as const
export type DamageType = (typeof damageTypes)[number]

/** The 15 conditions. */
export const conditions = [
  'blinded',
  'charmed',
  'deafened',
  'exhaustion',
  'frightened',
  'grappled',
  'incapacitated',
  'invisible',
  'paralyzed',
  'petrified',
  'poisoned',
  'prone',
  'restrained',
  'stunned',
  'unconscious',
] as const
export type Condition = (typeof conditions)[number]

/** How players see the hit points of a creature that is not theirs. */
export const hpDisplays = ['exact', 'label', 'hidden'] as const
export type HpDisplay = (typeof hpDisplays)[number]

/** Hit points in a word. */
export const hpLabels = ['healthy', 'wounded', 'bloodied', 'critical', 'down', 'dead'] as const
export type HpLabel = (typeof hpLabels)[number]

/** Where a creature stands between life and death; `stable` and `dying` are at 0 hit points. */
export const lives = ['conscious', 'dying', 'stable', 'dead'] as const
export type Life = (typeof lives)[number]

/** What a weapon may be made of that some creatures cannot shrug off. */
export const materials = ['silvered', 'adamantine'] as const
export type Material = (typeof materials)[number]

/**
 * What a creature shrugs off or suffers from. `nonmagical`: only from attacks that are not magical. `bypassedBy`: weapons
 * of this kind count as magical for it.
 */
export interface Defence {
  readonly type: DamageType
  readonly nonmagical?: true
  readonly bypassedBy?: Material
}

/** Resistances and their like, as the sheet or the stat block says. */
export interface Defences {
  readonly resistances: readonly Defence[]
  readonly vulnerabilities: readonly Defence[]
  readonly immunities: readonly Defence[]
  readonly conditionImmunities: readonly Condition[]
}

/** When a condition ends by itself: at the start or the end of somebody's turn, in that round. */
export interface Until {
  readonly moment: 'start' | 'end'
  /** Whose turn: a combatant's id. */
  readonly of: string
  /** Round of combat, from 1. */
  readonly round: number
}

/** A condition on a creature. One creature may have the same one from several sources. */
export interface AppliedCondition {
  readonly id: string
  readonly condition: Condition
  /**
   * Players may read `source`, `until` and `note`. Absent where one of these tells of a combatant that they do not see:
   * then they read the condition alone.
   */
  readonly isOpen?: true
  /** Who caused it: a combatant's id. */
  readonly source?: string
  readonly until?: Until
  /** The condition that brought this one along. */
  readonly impliedBy?: string
  /** Unconscious from 0 hit points or a knock-out: any hit point regained ends it. */
  readonly endsOnHealing?: true
  readonly note?: string
}

/** What a creature has used up. */
export interface Spent {
  /** By spell level, "1" to "9", and "pact". */
  readonly slots: Readonly<Record<string, number>>
  /** By the resource's id on the sheet. */
  readonly resources: Readonly<Record<string, number>>
  /** By die, such as "d8". */
  readonly hitDice: Readonly<Record<string, number>>
}

/** Hit points as numbers. */
export interface HitPoints {
  readonly now: number
  /** As the sheet or stat block says. */
  readonly max: number
  /** Added to the maximum: below 0 for a reduction, above 0 for a boost. */
  readonly maxChange: number
  readonly temporary: number
}

/**
 * What changes while a creature lives, fights and rests; the same for characters and monsters, in combat and out. Where
 * it says null for those who may not know, a view has null there.
 */
export interface Vitals {
  /** The creature: a character's id, or a monster combatant's. */
  readonly id: string
  readonly kind: 'character' | 'monster'
  /** Whose creature: a player's uuid; null is the GM's. */
  readonly owner: string | null
  readonly isHidden: boolean
  readonly hpShown: HpDisplay
  readonly life: Life
  /** 0 to 6. */
  readonly exhaustion: number
  readonly conditions: readonly AppliedCondition[]
  /** null for those who may not know the numbers. */
  readonly hitPoints: HitPoints | null
  /** Only in views, and only where the numbers are not shown but a word is. */
  readonly label: HpLabel | null
  /** null for those who may not know. */
  readonly deathSaves: { readonly successes: number; readonly failures: number } | null
  /** The spell; null: none, or not shown. */
  readonly concentration: string | null
  /** Checks that damage has asked for and nobody has rolled yet; empty for those who may not know. */
  readonly concentrationChecks: readonly { readonly id: string; readonly dc: number }[]
  /** null for those who may not know. */
  readonly spent: Spent | null
}

/** A row in the order of initiative, of the same id as its vitals: a character’s id, or one of its own. */
export interface Combatant {
  readonly id: string
  readonly kind: 'character' | 'monster' | 'lair'
  readonly owner: string | null
  readonly name: string
  /** What players read in place of the name. */
  readonly alias: string | null
  readonly isHidden: boolean
  /** Creatures that roll as one. */
  readonly group: string | null
  /** null: not rolled yet. */
  readonly initiative: number | null
  /** Order among equals: lower goes first. Given by hand. */
  readonly rank: number
  readonly status: 'active' | 'delayed' | 'readied' | 'out'
  readonly isSurprised: boolean
  readonly isReactionUsed: boolean
  /** The rider whose initiative it follows: a combatant's id. */
  readonly rider: string | null
  /** The GM's alone; null in the views of others. */
  readonly stats: CombatantStats | null
}

/** What the GM knows of a combatant. For characters the sheet has the rest. */
export interface CombatantStats {
  /** Slug in the compendium. */
  readonly monster: string | null
  readonly armorClass: number | null
  readonly dexModifier: number
  readonly conSave: number
  readonly defences: Defences
  /** at 0 hit points it dies (the default for monsters), or it falls like a character. */
  readonly diesAtZero: boolean
  readonly legendaryActions: Counter | null
  readonly legendaryResistances: Counter | null
  readonly recharges: readonly Recharge[]
  readonly note: string
}

/** Something that can be used so many times. */
export interface Counter {
  readonly max: number
  readonly used: number
}

/** An ability that comes back on a d6 of at least `from`. */
export interface Recharge {
  readonly name: string
  readonly from: number
  readonly isReady: boolean
}

/** The fight itself. Players are shown the latest turn of a combatant that they may see. */
export interface Combat {
  readonly phase: 'setup' | 'running'
  /** From 1; 0 in setup. */
  readonly round: number
  /** Whose turn: a combatant's id. */
  readonly turn: string | null
  /** Where the fight really is, hidden turns included: the GM's alone, null in the views of others. */
  readonly real: { readonly round: number; readonly turn: string | null } | null
}
