import type { Ability } from '../table/creatures'
import type { Circumstance, Effect, RollKind } from './effect'

/** How a d20 is rolled: two dice and the higher, two and the lower, or one. */
export type D20Mode = 'advantage' | 'disadvantage' | 'straight'

/** @returns advantage, disadvantage, or neither where there is any of both: they never add up */
export function combineAdvantage(advantages: number, disadvantages: number): D20Mode {
  if (advantages > 0 === disadvantages > 0) return 'straight'
  return advantages > 0 ? 'advantage' : 'disadvantage'
}

/** A roll that somebody is about to make. */
export interface D20Test {
  readonly kind: RollKind
  /** Of a check or a save. */
  readonly ability?: Ability
  /** What is known to be so; effects that need anything else are left to the GM. */
  readonly circumstances?: readonly Circumstance[]
  /** Advantages and disadvantages from elsewhere, such as the sheet or the GM. */
  readonly advantages?: number
  readonly disadvantages?: number
}

/** What conditions and exhaustion make of a roll. */
export interface D20Rolling {
  readonly mode: D20Mode
  readonly isAutoFail: boolean
  /** Taken off the roll. */
  readonly penalty: number
  /** The effects that count, for "why". */
  readonly because: readonly Effect[]
}

/**
 * What a roll comes to under some effects.
 *
 * @param effects  of the creature that rolls; for the rolls of others, of the one that they are against
 */
export function rollingOf(test: D20Test, effects: readonly Effect[]): D20Rolling {
  const because = effects.filter((effect) => counts(effect, test))
  const count = (kind: Effect['effect']): number => because.filter(({ effect }) => effect === kind).length
  return {
    mode: combineAdvantage(
      (test.advantages ?? 0) + count('advantage'),
      (test.disadvantages ?? 0) + count('disadvantage'),
    ),
    isAutoFail: count('auto-fail') > 0,
    penalty: because.reduce((sum, effect) => sum + (effect.effect === 'd20-penalty' ? effect.amount : 0), 0),
    because,
  }
}

function counts(effect: Effect, { kind, ability, circumstances = [] }: D20Test): boolean {
  // Exhaustion lowers the creature's own rolls, not those of others.
  if (effect.effect === 'd20-penalty') return kind !== 'attacked' && kind !== 'talked-to-by-charmer'
  if (!('on' in effect)) return false
  const isKind = effect.on === kind || (effect.on === 'check' && kind === 'initiative')
  const isAbility = effect.ability === undefined || effect.ability === ability
  return isKind && isAbility && (effect.when === undefined || circumstances.includes(effect.when))
}
