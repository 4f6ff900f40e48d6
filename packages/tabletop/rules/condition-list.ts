import type { AppliedCondition, Condition, Vitals } from '../table/creatures'
import { stopConcentrating } from './concentration-end'
import type { CreatureRules, Happened } from './rules'

/** A creature on its way through a rule, and what happened to it so far. */
export interface Progress {
  readonly vitals: Vitals
  readonly happened: readonly Happened[]
}

/** What else is true of a creature under a condition. Both editions agree. */
export const bringsAlong: Readonly<Partial<Record<Condition, readonly Condition[]>>> = {
  paralyzed: ['incapacitated'],
  petrified: ['incapacitated'],
  stunned: ['incapacitated'],
  unconscious: ['incapacitated', 'prone'],
}

/** @returns whether a creature is under a condition, whoever caused it */
export function hasCondition(vitals: Vitals, condition: Condition): boolean {
  return vitals.conditions.some((applied) => applied.condition === condition)
}

/** @returns the creature under one more condition and those that it brings along, and without concentration if need be */
export function gainCondition(
  vitals: Vitals,
  applied: AppliedCondition,
  { newId, conditionImmunities = [] }: CreatureRules,
): Progress {
  // One stands up once, however often one fell.
  const mayFall = !conditionImmunities.includes('prone') && !hasCondition(vitals, 'prone')
  const along = (bringsAlong[applied.condition] ?? [])
    .filter((condition) => condition !== 'prone' || mayFall)
    .map((condition): AppliedCondition => ({ id: newId(), condition, impliedBy: applied.id }))
  const gained = [applied, ...along]
  const under: Vitals = { ...vitals, conditions: [...vitals.conditions, ...gained] }
  const happened = gained
    .filter(({ condition }) => !hasCondition(vitals, condition))
    .map(({ condition }): Happened => ({ code: 'condition-gained', condition }))
  if (!hasCondition(under, 'incapacitated')) return { vitals: under, happened }
  const stopped = stopConcentrating(under, 'incapacitated')
  return { vitals: stopped.vitals, happened: [...happened, ...stopped.happened] }
}

/** @returns the creature without some conditions and those that only they brought along; prone stays */
export function loseConditions(vitals: Vitals, isLost: (applied: AppliedCondition) => boolean): Progress {
  const lost = new Set(vitals.conditions.filter(isLost).map(({ id }) => id))
  if (lost.size === 0) return { vitals, happened: [] }
  const conditions = vitals.conditions.flatMap((applied) => {
    if (lost.has(applied.id)) return []
    if (applied.impliedBy === undefined || !lost.has(applied.impliedBy)) return [applied]
    return applied.condition === 'prone' ? [lyingStill(applied)] : []
  })
  const without: Vitals = { ...vitals, conditions }
  const gone = new Set(vitals.conditions.map(({ condition }) => condition))
  const happened = [...gone]
    .filter((condition) => !hasCondition(without, condition))
    .map((condition): Happened => ({ code: 'condition-ended', condition }))
  return { vitals: without, happened }
}

function lyingStill({ impliedBy: _cause, ...prone }: AppliedCondition): AppliedCondition {
  return prone
}
