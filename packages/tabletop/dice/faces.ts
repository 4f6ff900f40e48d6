import { assertNever } from '@innkeeper/protocol/tools'
import type { DiceComparison, DiceTerm } from './dice-expression'

/** An inclusive range of whole numbers; empty when `from` is above `to`. */
export interface FaceRange {
  readonly from: number
  readonly to: number
}

/** @returns every face that a die with these sides has */
export function facesOf(sides: DiceTerm['sides']): FaceRange {
  return sides === 'F' ? { from: -1, to: 1 } : { from: 1, to: sides }
}

/** @returns the values within `all` that the comparison holds for; they always lie side by side */
export function matchingRange(comparison: DiceComparison, all: FaceRange): FaceRange {
  const { sign, value } = comparison
  switch (sign) {
    case '<':
      return { from: all.from, to: Math.min(all.to, value - 1) }
    case '<=':
      return { from: all.from, to: Math.min(all.to, value) }
    case '=':
      return { from: Math.max(all.from, value), to: Math.min(all.to, value) }
    case '>=':
      return { from: Math.max(all.from, value), to: all.to }
    case '>':
      return { from: Math.max(all.from, value + 1), to: all.to }
    default:
      return assertNever(sign)
  }
}

/** @returns whether the comparison holds for a number */
export function holds(comparison: DiceComparison, value: number): boolean {
  switch (comparison.sign) {
    case '<':
      return value < comparison.value
    case '<=':
      return value <= comparison.value
    case '=':
      return value === comparison.value
    case '>=':
      return value >= comparison.value
    case '>':
      return value > comparison.value
    default:
      return assertNever(comparison.sign)
  }
}

/**
 * The lowest and the highest face that can stay on the table: without those that are rerolled until they are gone.
 *
 * @returns an empty range when every face is rerolled
 */
export function stayingFaces(term: Pick<DiceTerm, 'sides' | 'reroll'>): FaceRange {
  const all = facesOf(term.sides)
  if (term.reroll?.mode !== 'until') return all
  const gone = term.reroll.on
    .map((comparison) => matchingRange(comparison, all))
    .filter((range) => range.from <= range.to)
  return { from: firstOutside(gone, all), to: lastOutside(gone, all) }
}

/** @returns whether every face that stays is in `range` */
export function allStayIn(range: FaceRange, term: Pick<DiceTerm, 'sides' | 'reroll'>): boolean {
  const all = facesOf(term.sides)
  const gone = (term.reroll?.mode === 'until' ? term.reroll.on : []).map((comparison) =>
    matchingRange(comparison, all),
  )
  return firstOutside([...gone, range], all) > all.to
}

// Jumps from range to range instead of walking face by face: a die may have a thousand.
function firstOutside(ranges: readonly FaceRange[], all: FaceRange): number {
  let face = all.from
  for (;;) {
    const covering = ranges.find((range) => range.from <= face && face <= range.to)
    if (!covering) return face
    face = covering.to + 1
  }
}

function lastOutside(ranges: readonly FaceRange[], all: FaceRange): number {
  let face = all.to
  for (;;) {
    const covering = ranges.find((range) => range.from <= face && face <= range.to)
    if (!covering) return face
    face = covering.from - 1
  }
}
