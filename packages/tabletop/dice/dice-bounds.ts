import { assertNever } from '@innkeeper/protocol/tools'
import type { DiceExpression, DiceFactor, DiceNode, DicePool, DiceTerm, SignedTerm } from './dice-expression'
import { diceLimits } from './dice-limits'
import { keptOf } from './dice-selection'
import { stayingFaces } from './faces'

/**
 * Between what a value lies, both ends included. Exact for dice without explosions; with them the limit of dice is the
 * only end there is. `isWhole`: it can only be a whole number.
 */
export interface DiceBounds {
  readonly low: number
  readonly high: number
  readonly isWhole: boolean
}

/** @returns between what one total of the expression lies, before it is rounded down */
export function boundsOfDice(expression: DiceExpression, maxDice = diceLimits.dice): DiceBounds {
  return boundsOfTerms(
    expression.parts.flatMap((part) => part.terms),
    maxDice,
  )
}

/** @returns between what a sum lies */
function boundsOfTerms(terms: readonly SignedTerm[], maxDice: number): DiceBounds {
  let low = 0
  let high = 0
  let isWhole = true
  for (const { sign, node } of terms) {
    const bounds = boundsOf(node, maxDice)
    low += sign === '+' ? bounds.low : -bounds.high
    high += sign === '+' ? bounds.high : -bounds.low
    isWhole &&= bounds.isWhole
  }
  return { low, high, isWhole }
}

/** @returns between what a value lies; `maxDice` is the limit of dice, which is where explosions end at the latest */
export function boundsOf(node: DiceNode, maxDice: number): DiceBounds {
  switch (node.kind) {
    case 'number':
      return { low: node.value, high: node.value, isWhole: Number.isInteger(node.value) }
    case 'dice':
      return boundsOfTerm(node, maxDice)
    case 'pool':
      return boundsOfPool(node, maxDice)
    case 'sum':
      return boundsOfTerms(node.terms, maxDice)
    case 'negate':
      return negated(boundsOf(node.node, maxDice))
    case 'product':
      return node.factors.reduce(
        (before, factor) => boundsOfFactor(before, factor, maxDice),
        boundsOf(node.first, maxDice),
      )
    case 'power':
      return boundsOfPower(boundsOf(node.base, maxDice), node.exponent)
    case 'call':
      return boundsOfCall(
        node.name,
        node.inputs.map((input) => boundsOf(input, maxDice)),
      )
    default:
      return assertNever(node)
  }
}

function boundsOfTerm(term: DiceTerm, maxDice: number): DiceBounds {
  const kept = term.keep ? keptOf(term.keep, term.count) : term.count
  const most = term.explode && term.keep?.kind !== 'keep' ? maxDice : kept
  if (term.success) return { low: term.success.failure ? -most : 0, high: most, isWhole: true }
  const faces = stayingFaces(term)
  const face = { low: clampFace(term, faces.from), high: clampFace(term, faces.to) }
  if (!term.explode) return { low: kept * face.low, high: kept * face.high, isWhole: true }
  const least = face.low - (term.explode.mode === 'penetrate' ? 1 : 0)
  const highest = Math.max(kept * face.high, (term.explode.mode === 'compound' ? maxDice : most) * face.high)
  const lowest = least < 0 ? maxDice * least : kept * least
  return { low: lowest, high: highest, isWhole: true }
}

/** @returns what a face counts as under `min` and `max` */
export function clampFace(term: Pick<DiceTerm, 'min' | 'max'>, face: number): number {
  return Math.min(term.max ?? Infinity, Math.max(term.min ?? -Infinity, face))
}

function boundsOfPool(pool: DicePool, maxDice: number): DiceBounds {
  const entries = pool.entries.map((entry) => boundsOf(entry, maxDice))
  const kept = pool.keep ? keptOf(pool.keep, entries.length) : entries.length
  if (pool.success) return { low: pool.success.failure ? -kept : 0, high: kept, isWhole: true }
  const lows = entries.map((entry) => entry.low).sort((a, b) => a - b)
  const highs = entries.map((entry) => entry.high).sort((a, b) => a - b)
  const isWhole = entries.every((entry) => entry.isWhole)
  return { low: sumOf(selected(lows, pool.keep)), high: sumOf(selected(highs, pool.keep)), isWhole }
}

// The k-th smallest of several values grows with each of them, so the ends of a selection are selections of the ends.
function selected(ascending: readonly number[], keep: DicePool['keep']): readonly number[] {
  if (!keep) return ascending
  if (keep.kind === 'drop') return ascending.slice(keep.low, ascending.length - keep.high)
  return keep.end === 'high' ? ascending.slice(-keep.count) : ascending.slice(0, keep.count)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function negated({ low, high, isWhole }: DiceBounds): DiceBounds {
  return { low: -high, high: -low, isWhole }
}

function boundsOfFactor(before: DiceBounds, { operator, node }: DiceFactor, maxDice: number): DiceBounds {
  const after = boundsOf(node, maxDice)
  const combine = (a: number, b: number) =>
    operator === '*' ? a * b : operator === '/' ? a / b : Math.floor(a / b)
  const ends = [
    combine(before.low, after.low),
    combine(before.low, after.high),
    combine(before.high, after.low),
    combine(before.high, after.high),
  ]
  const isWhole = operator === '//' || (operator === '*' && before.isWhole && after.isWhole)
  return { low: Math.min(...ends), high: Math.max(...ends), isWhole }
}

function boundsOfPower(base: DiceBounds, exponent: number): DiceBounds {
  const ends = [base.low ** exponent, base.high ** exponent]
  const crossesZero = base.low < 0 && base.high > 0
  const low = crossesZero && exponent > 0 ? Math.min(0, ...ends) : Math.min(...ends)
  return { low, high: Math.max(...ends), isWhole: base.isWhole }
}

function boundsOfCall(
  name: Extract<DiceNode, { kind: 'call' }>['name'],
  inputs: readonly DiceBounds[],
): DiceBounds {
  const lows = inputs.map((input) => input.low)
  const highs = inputs.map((input) => input.high)
  const low = Math.min(...lows)
  const high = Math.max(...highs)
  const isWhole = inputs.every((input) => input.isWhole)
  switch (name) {
    case 'floor':
      return { low: Math.floor(low), high: Math.floor(high), isWhole: true }
    case 'ceil':
      return { low: Math.ceil(low), high: Math.ceil(high), isWhole: true }
    case 'round':
      return { low: Math.round(low), high: Math.round(high), isWhole: true }
    case 'abs':
      return {
        low: low > 0 ? low : Math.max(0, -high),
        high: Math.max(Math.abs(low), Math.abs(high)),
        isWhole,
      }
    case 'min':
      return { low, high: Math.min(...highs), isWhole }
    case 'max':
      return { low: Math.max(...lows), high, isWhole }
    default:
      return assertNever(name)
  }
}
