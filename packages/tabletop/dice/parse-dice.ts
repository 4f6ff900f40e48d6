import { boundsOfDice } from './dice-bounds'
import { DiceCursor } from './dice-cursor'
import { catchDiceFault, DiceFault, type DiceError } from './dice-errors'
import { toTypeKey, type DiceExpression, type DicePart, type SignedTerm } from './dice-expression'
import { diceLimits, type DiceLimits } from './dice-limits'
import type { DiceParsing } from './dice-parsing'
import { parseSignedTerm, seesSign } from './parse-arithmetic'

/**
 * Reads an expression. Never throws, whatever the text; its length does not matter for the time this takes.
 *
 * @returns the normalised expression, or why and where it is refused
 */
export function parseDice(
  text: string,
  limits: DiceLimits = diceLimits,
): { readonly expression: DiceExpression } | { readonly error: DiceError } {
  return catchDiceFault(() => {
    const cursor = new DiceCursor(text, limits)
    return {
      expression: parseExpression({
        cursor,
        limits,
        repeat: 1,
        dice: 0,
        poolEntries: 0,
        nesting: 0,
        types: new Set(),
      }),
    }
  })
}

function parseExpression(parsing: DiceParsing): DiceExpression {
  const { cursor } = parsing
  const start = cursor.peek()
  if (start === '' || start === '#') throw new DiceFault('EMPTY', cursor.position())
  const repeat = parseRepeat(parsing)
  const at = cursor.position()
  const parts = parseParts(parsing)
  const label = cursor.accept('#') ? cursor.readLabel('') : ''
  if (cursor.peek() !== '') throw cursor.unexpected()
  const { low, high } = boundsOfDice({ parts }, parsing.limits.dice)
  if (Math.max(-low, high) > parsing.limits.magnitude) throw new DiceFault('NUMBER_TOO_BIG', at)
  return { ...(repeat === undefined ? {} : { repeat }), parts, ...(label === '' ? {} : { label }) }
}

function parseRepeat(parsing: DiceParsing): number | undefined {
  const { cursor, limits } = parsing
  const repeat = cursor.tryRepeat()
  if (!repeat) return undefined
  if (repeat.decimals > 0) throw new DiceFault('NOT_INTEGER', repeat.at)
  if (repeat.value < 1) throw new DiceFault('BAD_COUNT', repeat.at)
  if (repeat.value > limits.repeats) throw new DiceFault('REPEAT_TOO_MANY', repeat.at)
  parsing.repeat = repeat.value
  return repeat.value
}

function parseParts(parsing: DiceParsing): readonly DicePart[] {
  const { cursor } = parsing
  const parts: DicePart[] = []
  let terms: SignedTerm[] = []
  do {
    terms.push(parseSignedTerm(parsing))
    if (!cursor.accept('[')) continue
    parts.push({ type: parseType(parsing), terms })
    terms = []
    if (!seesSign(parsing) && !['', '#'].includes(cursor.peek())) {
      throw new DiceFault('LABEL_MISPLACED', cursor.position())
    }
  } while (seesSign(parsing))
  return terms.length === 0 ? parts : [...parts, { terms }]
}

function parseType({ cursor, limits, types }: DiceParsing): string {
  const at = cursor.position()
  const type = cursor.readLabel(']')
  if (type === '') throw new DiceFault('BAD_LABEL', at)
  types.add(toTypeKey(type))
  if (types.size > limits.types) throw new DiceFault('TYPES_TOO_MANY', at)
  return type
}
