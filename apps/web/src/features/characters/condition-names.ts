import type { AppliedCondition, Condition, Vitals } from '@innkeeper/tabletop/table/creatures'

/** One condition on a creature, however many times it is there, with its sources. */
export interface ConditionView {
  readonly condition: Condition
  readonly applied: readonly AppliedCondition[]
  /** Only exhaustion has levels. */
  readonly level: number | null
}

/** @returns the conditions of a creature, each once, in the order in which they came; exhaustion last */
export function toConditionViews({
  conditions,
  exhaustion,
}: Pick<Vitals, 'conditions' | 'exhaustion'>): readonly ConditionView[] {
  const names = [...new Set(conditions.map(({ condition }) => condition))]
  const views = names.map((condition) => ({
    condition,
    applied: conditions.filter((one) => one.condition === condition),
    level: null,
  }))
  return exhaustion > 0 ? [...views, { condition: 'exhaustion', applied: [], level: exhaustion }] : views
}
