import { catchDiceFault, DiceFault, type DiceError } from './dice-errors'
import { toTypeKey, type DiceExpression, type DicePart } from './dice-expression'
import { diceLimits, type DiceLimits } from './dice-limits'
import type { DiceOutcome, DiceResult } from './dice-result'
import { plus, roundDown } from './exact'
import { printDice } from './print-dice'
import { sumOf, zero, type Die, type Rolling } from './roll-node'

type PartType = string | null

const encoder = new TextEncoder()

/**
 * Rolls an expression. Dice are drawn in reading order; of each term first all its dice, then rerolls and explosions
 * die by die. A Fate die draws from 1 to 3, which are -1, 0 and 1.
 *
 * @returns what came up, or `TOO_MANY_DICE` when rerolls and explosions went past the limit
 */
export function rollDice(
  expression: DiceExpression,
  die: Die,
  limits: DiceLimits = diceLimits,
): DiceResult | { readonly error: DiceError } {
  return catchDiceFault(() => {
    const rolling: Rolling = { die, limits, drawn: 0, notations: [], terms: [], pools: [] }
    const outcomes: DiceOutcome[] = []
    const types = typesOf(expression.parts)
    for (let run = 0; run < (expression.repeat ?? 1); run += 1) {
      outcomes.push(rollOnce(rolling, expression.parts, types))
    }
    const result = toResult(expression, { types, outcomes, terms: rolling.notations })
    if (bytesOf(result) > limits.resultBytes) throw new DiceFault('RESULT_TOO_BIG', 0)
    return result
  })
}

function bytesOf(result: DiceResult): number {
  return encoder.encode(JSON.stringify(result)).length
}

interface Collected {
  readonly types: readonly PartType[]
  readonly outcomes: readonly DiceOutcome[]
  readonly terms: DiceResult['terms']
}

function toResult(expression: DiceExpression, { types, outcomes, terms }: Collected): DiceResult {
  const rolled = {
    canonical: printDice(expression),
    ...(expression.label === undefined ? {} : { label: expression.label }),
    terms,
    ...(types.length > 0 ? { types } : {}),
    outcomes,
  }
  const [first] = outcomes
  if (expression.repeat !== undefined || !first)
    return { totals: outcomes.map((outcome) => outcome.total), ...rolled }
  return { total: first.total, ...(first.exact === undefined ? {} : { exact: first.exact }), ...rolled }
}

function rollOnce(rolling: Rolling, parts: readonly DicePart[], types: readonly PartType[]): DiceOutcome {
  rolling.terms = []
  rolling.pools = []
  const sums = parts.map((part) => ({ type: part.type, sum: sumOf(rolling, part.terms) }))
  const total = sums.reduce((before, { sum }) => plus(before, sum), zero)
  const ofType = (type: PartType) => sums.filter((part) => isSameType(part.type, type))
  return {
    ...roundDown(total),
    terms: rolling.terms,
    ...(rolling.pools.length > 0 ? { pools: rolling.pools } : {}),
    ...(types.length > 0
      ? {
          parts: types.map((type) =>
            roundDown(ofType(type).reduce((before, { sum }) => plus(before, sum), zero)),
          ),
        }
      : {}),
  }
}

// A type as it is written first; none at all where nothing is typed.
function typesOf(parts: readonly DicePart[]): readonly PartType[] {
  if (parts.every((part) => part.type === undefined)) return []
  const types: PartType[] = []
  for (const { type } of parts) if (!types.some((known) => isSameType(type, known))) types.push(type ?? null)
  return types
}

function isSameType(type: string | undefined, known: PartType): boolean {
  return type === undefined || known === null
    ? type === undefined && known === null
    : toTypeKey(type) === toTypeKey(known)
}
