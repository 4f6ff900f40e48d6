import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'

/** @returns whether `RowMarks` has anything to show; of most rows of a long fight it has not, and is left out */
export function hasMarks(row: Combatant, vitals: Vitals | undefined): boolean {
  const { isHidden, status, isSurprised, isReactionUsed, stats } = row
  if (isHidden || status !== 'active' || isSurprised || isReactionUsed) return true
  if (vitals && (vitals.concentration || vitals.conditions.length > 0 || vitals.exhaustion > 0)) return true
  if (stats === null) return false
  return Boolean(
    stats.legendaryActions ?? stats.legendaryResistances ?? stats.recharges.some(({ isReady }) => !isReady),
  )
}
