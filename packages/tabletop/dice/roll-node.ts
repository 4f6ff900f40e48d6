import { assertNever } from '@innkeeper/protocol/tools'
import { DiceFault } from './dice-errors'
import type { DiceComparison, DiceFactor, DiceNode, DicePool, DiceTerm, SignedTerm } from './dice-expression'
import type { DiceLimits } from './dice-limits'
import type { PoolOutcome, TermNotation, TermOutcome } from './dice-result'
import { droppedBy } from './dice-selection'
import {
  ceilOf,
  compareExact,
  floorOf,
  minus,
  over,
  plus,
  powerOf,
  roundDown,
  roundOf,
  times,
  toExact,
  type Exact,
} from './exact'
import { holds } from './faces'
import { rollTerm, scoreOf } from './roll-term'
import { notationOf } from './term-notation'

/** Rolls one die: a uniformly distributed whole number from 1 to `sides`. */
export type Die = (sides: number) => number

/** What one `rollDice` knows and notes down while it goes. Mutable, and never seen outside. */
export interface Rolling {
  readonly die: Die
  readonly limits: DiceLimits
  drawn: number
  /** Of the first run: the others have the same. */
  readonly notations: TermNotation[]
  /** Of this run. */
  terms: TermOutcome[]
  pools: PoolOutcome[]
}

/** The sum of nothing. */
export const zero = toExact(0)

/** Rolls a sum, term by term. */
export function sumOf(rolling: Rolling, terms: readonly SignedTerm[]): Exact {
  let sum = zero
  for (const { sign, node } of terms) {
    const value = valueOf(rolling, node)
    sum = plus(sum, sign === '+' ? value : minus(value))
  }
  return sum
}

function valueOf(rolling: Rolling, node: DiceNode): Exact {
  switch (node.kind) {
    case 'number':
      return toExact(node.value)
    case 'dice':
      return toExact(rollOf(rolling, node))
    case 'pool':
      return valueOfPool(rolling, node)
    case 'sum':
      return sumOf(rolling, node.terms)
    case 'negate':
      return minus(valueOf(rolling, node.node))
    case 'product':
      return node.factors.reduce(
        (before, factor) => applyFactor(rolling, before, factor),
        valueOf(rolling, node.first),
      )
    case 'power':
      return powerOf(valueOf(rolling, node.base), node.exponent)
    case 'call':
      return valueOfCall(
        node.name,
        node.inputs.map((input) => valueOf(rolling, input)),
      )
    default:
      return assertNever(node)
  }
}

function rollOf(rolling: Rolling, term: DiceTerm): number {
  const slot = rolling.terms.length
  if (slot === rolling.notations.length) rolling.notations.push(notationOf(term))
  const draw = () => {
    rolling.drawn += 1
    if (rolling.drawn > rolling.limits.dice) throw new DiceFault('TOO_MANY_DICE', term.at)
    return term.sides === 'F' ? rolling.die(3) - 2 : rolling.die(term.sides)
  }
  const outcome = rollTerm(term, draw)
  rolling.terms[slot] = outcome
  return outcome.total
}

function applyFactor(rolling: Rolling, before: Exact, { operator, node }: DiceFactor): Exact {
  const value = valueOf(rolling, node)
  if (operator === '*') return times(before, value)
  const quotient = over(before, value)
  // The parser has refused every divisor that can be zero.
  if (!quotient) throw new DiceFault('DIVISION_BY_ZERO', 0)
  return operator === '//' ? floorOf(quotient) : quotient
}

function valueOfPool(rolling: Rolling, pool: DicePool): Exact {
  const slot = rolling.pools.push({ entries: [] }) - 1
  const entries = pool.entries.map((entry) => {
    const from = rolling.terms.length
    const value = valueOf(rolling, entry)
    return { value, from, to: rolling.terms.length }
  })
  const dropped = new Set(
    pool.keep ? droppedBy(pool.keep, entries, (a, b) => compareExact(a.value, b.value)) : [],
  )
  let total = zero
  const shown = entries.map(({ value, from, to }, index) => {
    if (dropped.has(index)) {
      for (let term = from; term < to; term += 1) dropTerm(rolling, term)
      return { ...roundDown(value), isDropped: true as const }
    }
    const score = pool.success ? scoreOf(pool.success, (comparison) => holdsExactly(comparison, value)) : 0
    total = plus(total, pool.success ? toExact(score) : value)
    return { ...roundDown(value), ...(score === 0 ? {} : { score }) }
  })
  rolling.pools[slot] = { entries: shown }
  return total
}

function dropTerm(rolling: Rolling, index: number): void {
  const outcome = rolling.terms[index]
  if (outcome) rolling.terms[index] = { ...outcome, isDropped: true }
}

function holdsExactly(comparison: DiceComparison, value: Exact): boolean {
  return holds({ sign: comparison.sign, value: 0 }, compareExact(value, toExact(comparison.value)))
}

function valueOfCall(name: Extract<DiceNode, { kind: 'call' }>['name'], inputs: readonly Exact[]): Exact {
  const first = inputs[0] ?? zero
  switch (name) {
    case 'floor':
      return floorOf(first)
    case 'ceil':
      return ceilOf(first)
    case 'round':
      return roundOf(first)
    case 'abs':
      return first.numerator < 0n ? minus(first) : first
    case 'min':
      return inputs.reduce((least, input) => (compareExact(input, least) < 0 ? input : least))
    case 'max':
      return inputs.reduce((most, input) => (compareExact(input, most) > 0 ? input : most))
    default:
      return assertNever(name)
  }
}
