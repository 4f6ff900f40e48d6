import { bringsAlong } from '../rules/condition-list'
import { conditionEffects } from '../rules/condition-effects'
import type { Effect } from '../rules/effect'
import type { Condition, Edition } from '../table/creatures'

/** A condition in one edition, as codes: `language/` has the words. */
export interface ConditionEntry {
  readonly id: Condition
  /** What comes along with it. Whoever was unconscious stays prone. */
  readonly implies: readonly Condition[]
  readonly effects: readonly Effect[]
}

/** @returns all that the rules say of a condition */
export function conditionEntry(condition: Condition, edition: Edition): ConditionEntry {
  return {
    id: condition,
    implies: bringsAlong[condition] ?? [],
    effects: conditionEffects(condition, edition),
  }
}
