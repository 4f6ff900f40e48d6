import type { Vitals } from '../table/creatures'
import type { ConcentrationEnd, Happened } from './rules'

/** @returns a creature that concentrates on nothing and owes no check */
export function stopConcentrating(
  vitals: Vitals,
  reason: ConcentrationEnd,
): { readonly vitals: Vitals; readonly happened: readonly Happened[] } {
  const spell = vitals.concentration
  if (spell === null) return { vitals, happened: [] }
  return {
    vitals: { ...vitals, concentration: null, concentrationChecks: [] },
    happened: [{ code: 'concentration-ended', spell, reason }],
  }
}
