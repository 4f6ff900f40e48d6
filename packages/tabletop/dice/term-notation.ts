import type { DiceComparison, DiceTerm } from './dice-expression'
import type { ComparisonReading, TermNotation } from './dice-result'
import { facesOf, matchingRange } from './faces'
import { printComparison, printTerm } from './print-dice'

/** @returns how a term was understood: its notation, and the faces that every `<` and `>` in it means */
export function notationOf(term: DiceTerm): TermNotation {
  const comparisons = [...(term.reroll?.on ?? []), term.explode?.on, term.success?.on, term.success?.failure]
  const readings = comparisons.flatMap((comparison) => readingOf(comparison, term))
  return { notation: printTerm(term), ...(readings.length > 0 ? { readings } : {}) }
}

function readingOf(comparison: DiceComparison | undefined, term: DiceTerm): readonly ComparisonReading[] {
  if (!comparison || comparison.sign === '=') return []
  const { from, to } = matchingRange(comparison, facesOf(term.sides))
  return from > to ? [] : [{ text: printComparison(comparison), from, to }]
}
