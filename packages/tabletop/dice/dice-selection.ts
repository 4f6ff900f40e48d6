import { DiceFault } from './dice-errors'
import type { DiceSelection } from './dice-expression'

/** @returns how many of `count` values a selection leaves */
export function keptOf(keep: DiceSelection, count: number): number {
  return keep.kind === 'keep' ? Math.min(keep.count, count) : Math.max(0, count - keep.low - keep.high)
}

/** @throws DiceFault `KEEP_TOO_MANY` | `DROP_TOO_MANY` when a selection does not fit `count` values */
export function checkSelection(keep: DiceSelection | undefined, count: number, at: number): void {
  if (keep === undefined) return
  if (keep.kind === 'keep' && keep.count > count) throw new DiceFault('KEEP_TOO_MANY', at)
  if (keptOf(keep, count) < 1) throw new DiceFault('DROP_TOO_MANY', at)
}

/**
 * Which values a selection drops. Of equal ones the earlier is the one to keep.
 *
 * @param compare  like the function that `sort` takes
 * @returns their indexes
 */
export function droppedBy<Value>(
  keep: DiceSelection,
  values: readonly Value[],
  compare: (a: Value, b: Value) => number,
): readonly number[] {
  const keepsLow = keep.kind === 'keep' ? keep.end === 'low' : keep.low === 0
  const ranked = values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => compare(a.value, b.value) || (keepsLow ? a.index - b.index : b.index - a.index))
    .map((entry) => entry.index)
  if (keep.kind === 'drop') return [...ranked.slice(0, keep.low), ...ranked.slice(ranked.length - keep.high)]
  return keepsLow ? ranked.slice(keep.count) : ranked.slice(0, Math.max(0, ranked.length - keep.count))
}
