import { DiceFault } from './dice-errors'
import type { DiceTerm } from './dice-expression'
import { countDice, type DiceParsing } from './dice-parsing'
import { checkSelection } from './dice-selection'
import { allStayIn, facesOf, matchingRange } from './faces'
import { parseTermModifiers, type TermDraft } from './parse-modifiers'

/**
 * Reads the sides and the modifiers after a `d` that has been taken, and refuses what could never end.
 *
 * @param count  what stood before the `d`; any number, judged here
 * @param at  where the term starts
 */
export function parseDiceTerm(parsing: DiceParsing, count: number, at: number): DiceTerm {
  if (count < 1) throw new DiceFault('BAD_COUNT', at)
  const draft: TermDraft = { kind: 'dice', at, count, sides: parseSides(parsing, count, at) }
  const modifiersAt = parsing.cursor.position()
  parseTermModifiers(parsing.cursor, draft)
  checkEnding(draft, modifiersAt)
  checkSelection(draft.keep, draft.count, modifiersAt)
  countDice(parsing, draft.count, at)
  return draft
}

function parseSides({ cursor, limits }: DiceParsing, count: number, at: number): DiceTerm['sides'] {
  if (cursor.accept('%')) return 100
  if (cursor.accept('f')) return 'F'
  const sidesAt = cursor.position()
  if (!cursor.seesDigit()) throw new DiceFault('BAD_SIDES', sidesAt)
  const { value, decimals } = cursor.readNumber()
  if (decimals > 0) throw new DiceFault('NOT_INTEGER', sidesAt)
  if (value >= 1 && value <= limits.sides) return value
  throw count > limits.dice ? new DiceFault('TOO_MANY_DICE', at) : new DiceFault('BAD_SIDES', sidesAt)
}

function checkEnding(draft: TermDraft, at: number): void {
  const all = facesOf(draft.sides)
  if (allStayIn({ from: 1, to: 0 }, draft)) throw new DiceFault('ALWAYS_REROLLS', at)
  if (!draft.explode) return
  const exploding = matchingRange(draft.explode.on, all)
  if (draft.sides === 1 || exploding.from > exploding.to) throw new DiceFault('CANNOT_EXPLODE', at)
  if (allStayIn(exploding, draft)) throw new DiceFault('ALWAYS_EXPLODES', at)
}
