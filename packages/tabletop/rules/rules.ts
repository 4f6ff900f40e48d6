import type {
  AppliedCondition,
  Condition,
  DamageType,
  Defences,
  Edition,
  Material,
  Vitals,
} from '../table/creatures'
import type { Step } from './trace'

/** What the SRD is silent about: each table may say otherwise. */
export interface HouseRules {
  /** where half a point of damage goes. SRD 5.2 says down; this holds for 2014 alone. */
  readonly halfPoints: 'down' | 'up'
  /** a hit at 0 hit points that temporary hit points swallow whole still is a failed death save. */
  readonly absorbedHitFailsDeathSave: boolean
  /** a hit that temporary hit points swallow whole still asks for a concentration check. */
  readonly absorbedHitAsksConcentration: boolean
  /** a hit that resistances, immunities and the like bring to 0 still asks for a concentration check. */
  readonly harmlessHitAsksConcentration: boolean
}

/** Whoever says nothing plays by these. */
export const usualHouseRules: HouseRules = {
  halfPoints: 'down',
  absorbedHitFailsDeathSave: true,
  absorbedHitAsksConcentration: true,
  harmlessHitAsksConcentration: false,
}

/** What a rule needs besides the creature. */
export interface Rules {
  readonly edition: Edition
  /** Ids for new conditions and concentration checks. */
  readonly newId: () => string
  /** What is not named here is as in `usualHouseRules`. */
  readonly house?: Partial<HouseRules>
}

/** Rules for what may bring a creature to 0 hit points or under a condition. */
export interface CreatureRules extends Rules {
  /** at 0 hit points it dies; otherwise it falls unconscious. When absent: monsters die, characters fall. */
  readonly diesAtZero?: boolean
  /** A creature that cannot be prone is unconscious upright. Other immunities are for the caller to ask. */
  readonly conditionImmunities?: readonly Condition[]
}

/** Whom a hit meets. */
export interface Target {
  readonly vitals: Vitals
  readonly defences: Defences
  /** */
  readonly diesAtZero: boolean
}

/** Damage of one kind. */
export interface DamagePart {
  /** A whole number; below 0 counts as 0. */
  readonly amount: number
  /** null: damage without a type, which nothing but petrification resists. */
  readonly type: DamageType | null
}

/** The damage of one source, such as one weapon hit or one spell. Concentration is checked once for each. */
export interface Hit {
  /** Several parts of one type are one part. */
  readonly parts: readonly DamagePart[]
  /** Passes defences that hold against what is not magical. */
  readonly isMagical?: boolean
  /** Passes those that do not hold against weapons of it. */
  readonly material?: Material
  /** Saved for half. */
  readonly isHalved?: boolean
  /** At 0 hit points two failed death saves. Its dice have been doubled already. */
  readonly isCritical?: boolean
  /** Added to the whole before resistances; below 0 for what takes damage away. */
  readonly adjustment?: number
  /** A melee attack that should not kill. */
  readonly knockOut?: boolean
}

/** Why a creature died. */
export type DeathReason =
  'massive-damage' | 'zero-hit-points' | 'death-saves' | 'exhaustion' | 'maximum-zero' | 'killed'

/** Why concentration ended. */
export type ConcentrationEnd = 'another-spell' | 'incapacitated' | 'dead' | 'check-failed' | 'at-will'

/** What came of a rule, for the log and for those who have to act on it. In the order in which it came about. */
export type Happened =
  /** From above 0 hit points to 0. What it means follows: `died`, `fell` or `knocked-out`. */
  | { readonly code: 'dropped-to-zero' }
  /** Unconscious and dying: from above 0, or from stable. */
  | { readonly code: 'fell' }
  /** Unconscious without dying. */
  | { readonly code: 'knocked-out' }
  | { readonly code: 'died'; readonly reason: DeathReason }
  /** `failures` of now; the steps count them up. */
  | { readonly code: 'death-save-failed'; readonly failures: number; readonly steps: readonly Step[] }
  | { readonly code: 'death-save-succeeded'; readonly successes: number; readonly steps: readonly Step[] }
  /** A natural 20 on a death save; the steps lead to the hit points of now. */
  | { readonly code: 'regained'; readonly steps: readonly Step[] }
  | { readonly code: 'stabilised' }
  /** From unconscious at 0 hit points, or knocked out, to conscious. Still prone. */
  | { readonly code: 'woke' }
  | { readonly code: 'revived' }
  /** To be answered with `answerCheck`; the steps give the DC. */
  | {
      readonly code: 'concentration-check'
      readonly id: string
      readonly dc: number
      readonly steps: readonly Step[]
    }
  | { readonly code: 'concentration-began'; readonly spell: string }
  | { readonly code: 'concentration-kept'; readonly spell: string }
  | { readonly code: 'concentration-ended'; readonly spell: string; readonly reason: ConcentrationEnd }
  | { readonly code: 'condition-gained'; readonly condition: Condition }
  | { readonly code: 'condition-ended'; readonly condition: Condition }
  | { readonly code: 'exhaustion-changed'; readonly from: number; readonly to: number }

/** What a rule makes of a creature. */
export interface Outcome {
  readonly vitals: Vitals
  /** One number from its first step to the last: each `from` is the `to` before it. Empty when no number is told. */
  readonly steps: readonly Step[]
  readonly happened: readonly Happened[]
}

/** Of damage: the steps lead from the roll to the hit points of now. */
export interface Hurt extends Outcome {
  /** After all resistances, before temporary hit points. */
  readonly dealt: number
}

/** Of healing: the steps lead from the roll to the hit points of now. */
export interface Healed extends Outcome {
  /** Hit points really regained. */
  readonly healed: number
}

/** A number, and why it is that. */
export interface Traced {
  readonly value: number
  readonly steps: readonly Step[]
}

/** A condition to put on a creature. */
export type NewCondition = Omit<AppliedCondition, 'impliedBy' | 'endsOnHealing'>

/** @returns the rule of this table, or the usual one */
export function houseRule<Name extends keyof HouseRules>(rules: Rules, name: Name): HouseRules[Name] {
  return rules.house?.[name] ?? usualHouseRules[name]
}
