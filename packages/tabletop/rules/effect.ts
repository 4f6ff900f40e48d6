import type { Ability, Condition } from '../table/creatures'

/**
 * What a roll is for. Initiative is a Dexterity check: what goes for checks goes for it too. The last two are rolls of
 * others: those who attack the creature, and its charmer in a conversation.
 */
export type RollKind = 'attack' | 'check' | 'save' | 'initiative' | 'attacked' | 'talked-to-by-charmer'

/** When an effect on a roll holds; without one it always does. */
export const circumstances = [
  // The attacker is within 5 feet, or is not.
  'within-5-ft',
  'beyond-5-ft',
  // What frightens the creature is in its line of sight.
  'sees-source',
  // The target is not who grapples the creature.
  'not-at-grappler',
  // The check needs sight, or hearing.
  'needs-sight',
  'needs-hearing',
] as const
export type Circumstance = (typeof circumstances)[number]

/** What a creature cannot do, must do, or is. */
export type Hindrance =
  | 'no-actions'
  | 'no-bonus-actions'
  | 'no-reactions'
  | 'no-concentration'
  | 'no-movement'
  | 'no-speech'
  | 'falters'
  | 'no-sight'
  | 'no-hearing'
  | 'unaware'
  | 'drops-held'
  | 'crawls'
  | 'no-harm-to-charmer'
  | 'no-approach'
  | 'may-be-dragged'
  | 'unseen'
  | 'turned-to-stone'
  | 'dead'

/** One thing that a condition or a level of exhaustion means for the creature. */
export type Effect = Meaning & { readonly rule: string; readonly from: Condition }

/** What is meant, whatever it comes from. */
export type Meaning =
  | {
      readonly effect: 'advantage' | 'disadvantage' | 'auto-fail'
      readonly on: RollKind
      readonly ability?: Ability
      readonly when?: Circumstance
    }
  /** Taken off every d20 that the creature rolls. */
  | { readonly effect: 'd20-penalty'; readonly amount: number }
  /** A hit from within 5 feet is a critical hit. */
  | { readonly effect: 'hit-is-critical'; readonly when: 'within-5-ft' }
  | { readonly effect: 'speed-zero' | 'speed-half' | 'stand-costs-half-speed' }
  | { readonly effect: 'speed-less'; readonly feet: number }
  | { readonly effect: 'maximum-half' | 'resists-all-damage' }
  | { readonly effect: 'immune-to-condition'; readonly condition: Condition }
  /** The condition ends when its source is under this one, or no longer beside the creature. */
  | { readonly effect: 'ends-when-source-is'; readonly condition: Condition }
  | { readonly effect: 'ends-when-moved-apart' }
  | { readonly effect: 'hindered'; readonly by: Hindrance }
