import type { DiceResult, RolledDie, TermOutcome } from '@innkeeper/tabletop/dice/dice-result'
import type { FaceView, RollOutcome } from './roll-view'

/** @returns a result in the form that the page shows: every run with its total and its dice in the order of the table */
export function toRollOutcome(result: DiceResult): RollOutcome {
  const sidesByTerm = result.terms.map(({ notation }) => toSides(notation))
  return {
    runs: result.outcomes.map(({ total, exact, terms }) => ({
      total,
      exact: exact ?? null,
      faces: terms.flatMap((term, index) => toFaces(term, sidesByTerm[index] ?? 6)),
    })),
  }
}

function toFaces(term: TermOutcome, sides: Sides): readonly FaceView[] {
  return term.dice.map((die) => toFace(die, sides, term.isDropped === true))
}

function toFace(die: RolledDie, sides: Sides, isTermDropped: boolean): FaceView {
  const { lowest, highest } = sides === 'F' ? { lowest: -1, highest: 1 } : { lowest: 1, highest: sides }
  return {
    text: sides === 'F' ? (['−', '0', '+'][die.face + 1] ?? '') : String(die.value ?? die.face),
    sides: sides === 'F' ? 3 : sides,
    isDropped: isTermDropped || die.fate === 'dropped' || die.fate === 'rerolled',
    isHighest: die.face === highest && highest > lowest,
    isLowest: die.face === lowest && highest > lowest,
  }
}

type Sides = number | 'F'

/** @param notation  canonical, such as `2d20kh1` or `4dF` */
function toSides(notation: string): Sides {
  const sides = /d(\d+|%|F)/i.exec(notation)?.[1] ?? '6'
  if (sides === '%') return 100
  return sides.toUpperCase() === 'F' ? 'F' : Number(sides)
}
