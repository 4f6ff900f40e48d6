import type { D20Test } from '../rules/d20-tests'
import type { Circumstance, Effect } from '../rules/effect'
import type { Condition } from '../table/creatures'
import type { TestCheck } from './roll-check'
import { skillAbilities, type RollTrait, type Sheet } from './sheet'

/** What gives a roll advantage or disadvantage, or makes it fail. */
export type Influence =
  /** Whoever rolls, or the GM, says so. */
  | { readonly source: 'asked'; readonly effect: 'advantage' | 'disadvantage' }
  | { readonly source: 'sheet'; readonly effect: 'advantage' | 'disadvantage'; readonly reason: string }
  /** A condition, exhaustion among them. */
  | {
      readonly source: 'condition'
      readonly effect: 'advantage' | 'disadvantage' | 'auto-fail'
      readonly condition: Condition
      readonly rule: string
      /** It holds only then. */
      readonly when?: Circumstance
    }

/** @returns the roll as the rules know it */
export function toD20Test(check: TestCheck): Pick<D20Test, 'kind' | 'ability'> {
  switch (check.kind) {
    case 'ability':
      return { kind: 'check', ability: check.key }
    case 'skill':
      return { kind: 'check', ability: skillAbilities[check.key] }
    case 'save':
      return { kind: 'save', ability: check.key }
    case 'initiative':
      return { kind: 'initiative', ability: 'dex' }
    default:
      return { kind: 'attack' }
  }
}

/** @returns what the sheet itself gives to a roll */
export function traitsOn({ rollTraits }: Pick<Sheet, 'rollTraits'>, check: TestCheck): readonly Influence[] {
  return rollTraits
    .filter((trait) => covers(trait, check))
    .map(({ gives, reason }) => ({ source: 'sheet', effect: gives, reason }))
}

/** @returns how many of them give advantage, how many disadvantage */
export function countOf(
  influences: readonly Influence[],
): Required<Pick<D20Test, 'advantages' | 'disadvantages'>> {
  const count = (effect: Influence['effect']) => influences.filter((of) => of.effect === effect).length
  return { advantages: count('advantage'), disadvantages: count('disadvantage') }
}

function covers(trait: RollTrait, check: TestCheck): boolean {
  // A skill's check is its ability's, and initiative is a Dexterity check.
  if (trait.on === 'ability' && (check.kind === 'skill' || check.kind === 'initiative'))
    return trait.key === null || trait.key === toD20Test(check).ability
  if (trait.on !== check.kind) return false
  return trait.key === null || ('key' in check && trait.key === check.key)
}

/** @returns the effect as an influence; null: it is none on whether a roll succeeds */
export function toInfluence(effect: Effect): Influence | null {
  if (!('on' in effect)) return null
  const { effect: what, from: condition, rule, when } = effect
  return { source: 'condition', effect: what, condition, rule, ...(when === undefined ? {} : { when }) }
}
