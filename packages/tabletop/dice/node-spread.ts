import { assertNever } from '@innkeeper/protocol/tools'
import type { DiceFactor, DiceFunction, DiceNode, DicePool, SignedTerm } from './dice-expression'
import { toExact } from './exact'
import { holds } from './faces'
import { scoreOf } from './roll-term'
import { selectedSum, type ValueGroup } from './selected-sum'
import {
  added,
  certain,
  combined,
  commonDenominator,
  exactly,
  leastCommonMultiple,
  mapped,
  withDenominator,
} from './spread'
import type { Effort, Spread } from './tally'
import { spreadOfTerm, type Counting } from './term-spread'

/** @returns what a sum comes to, before it is rounded down */
export function spreadOfSum(counting: Counting, terms: readonly SignedTerm[]): Spread {
  return terms
    .map(({ sign, node }) => {
      const spread = spreadOfNode(counting, node)
      return sign === '+' ? spread : negated(counting.effort, spread)
    })
    .reduce((sum, spread) => added(counting.effort, sum, spread))
}

function spreadOfNode(counting: Counting, node: DiceNode): Spread {
  const { effort } = counting
  switch (node.kind) {
    case 'number': {
      const { numerator, denominator } = toExact(node.value)
      return certain(effort, Number(numerator), Number(denominator))
    }
    case 'dice':
      return spreadOfTerm(counting, node)
    case 'pool':
      return spreadOfPool(counting, node)
    case 'sum':
      return spreadOfSum(counting, node.terms)
    case 'negate':
      return negated(effort, spreadOfNode(counting, node.node))
    case 'product':
      return node.factors.reduce(
        (before, { operator, node: factor }) =>
          appliers[operator](effort, before, spreadOfNode(counting, factor)),
        spreadOfNode(counting, node.first),
      )
    case 'power':
      // Only whole bases get past the parser.
      return wholes(effort, spreadOfNode(counting, node.base), (base) => base ** node.exponent)
    case 'call':
      return called(
        effort,
        node.name,
        node.inputs.map((input) => spreadOfNode(counting, input)),
      )
    default:
      return assertNever(node)
  }
}

/** @returns the spread with every value rounded down */
export function floored(effort: Effort, spread: Spread): Spread {
  if (spread.denominator === 1) return spread
  return wholes(effort, spread, (numerator) => floorOfQuotient(numerator, spread.denominator))
}

function wholes(effort: Effort, spread: Spread, of: (numerator: number) => number): Spread {
  return mapped(effort, spread, { denominator: 1, of })
}

function negated(effort: Effort, spread: Spread): Spread {
  return mapped(effort, spread, { denominator: spread.denominator, of: (numerator) => -numerator })
}

const appliers: Readonly<
  Record<DiceFactor['operator'], (effort: Effort, before: Spread, factor: Spread) => Spread>
> = {
  '*': (effort, before, factor) =>
    combined(effort, [before, factor], {
      denominator: before.denominator * factor.denominator,
      of: (a, b) => a * b,
    }),
  '/': (effort, before, factor) => {
    const common = factor.numerators.reduce(
      (multiple, numerator) => leastCommonMultiple(multiple, numerator),
      1,
    )
    return combined(effort, [before, factor], {
      denominator: before.denominator * common,
      of: (a, b) => a * factor.denominator * (common / b),
    })
  },
  '//': (effort, before, factor) =>
    combined(effort, [before, factor], {
      denominator: 1,
      of: (a, b) => floorOfQuotient(exactly(a * factor.denominator), exactly(b * before.denominator)),
    }),
}

const endOf = {
  min: (a: number, b: number) => Math.min(a, b),
  max: (a: number, b: number) => Math.max(a, b),
} as const

function called(effort: Effort, name: DiceFunction, inputs: readonly Spread[]): Spread {
  const denominator = commonDenominator(inputs)
  const [first, ...others] = inputs.map((input) => withDenominator(input, denominator))
  if (!first) throw new Error(`${name} of nothing`)
  switch (name) {
    case 'floor':
      return floored(effort, first)
    case 'ceil':
      return wholes(effort, first, (numerator) => -floorOfQuotient(-numerator, denominator))
    case 'round':
      return wholes(effort, first, (numerator) =>
        floorOfQuotient(exactly(2 * numerator + denominator), 2 * denominator),
      )
    case 'abs':
      return mapped(effort, first, { denominator, of: Math.abs })
    case 'min':
    case 'max':
      return others.reduce(
        (before, other) =>
          combined(effort, [withDenominator(before, denominator), other], { denominator, of: endOf[name] }),
        first,
      )
    default:
      return assertNever(name)
  }
}

function spreadOfPool(counting: Counting, { entries, keep, success }: DicePool): Spread {
  const { effort } = counting
  const spreads = entries.map((entry) => spreadOfNode(counting, entry))
  const denominator = commonDenominator(spreads)
  const alike = spreads.map((spread) => withDenominator(spread, denominator))
  const worth = (numerator: number) =>
    success
      ? scoreOf(success, ({ sign, value }) => holds({ sign, value: value * denominator }, numerator))
      : numerator
  const worthDenominator = success ? 1 : denominator
  if (!keep) {
    return alike
      .map((spread) => mapped(effort, spread, { denominator: worthDenominator, of: worth }))
      .reduce((sum, spread) => added(effort, sum, spread))
  }
  const sum = selectedSum(effort, { groups: groupsOf(alike), keep, worth })
  return mapped(effort, sum, { denominator: worthDenominator, of: (numerator) => numerator })
}

// Entries that are spread alike are interchangeable, which saves telling apart which of them it was.
function groupsOf(spreads: readonly Spread[]): readonly ValueGroup[] {
  const groups: { count: number; readonly spread: Spread }[] = []
  for (const spread of spreads) {
    const known = groups.find((group) => isSame(group.spread, spread))
    if (known) known.count += 1
    else groups.push({ count: 1, spread })
  }
  return groups
}

function isSame(a: Spread, b: Spread): boolean {
  return (
    a.numerators.length === b.numerators.length &&
    a.numerators.every((numerator, index) => numerator === b.numerators[index]) &&
    a.chances.every((chance, index) => chance === b.chances[index])
  )
}

/** @returns the quotient of two whole numbers rounded down, exact as far as they are */
function floorOfQuotient(numerator: number, divisor: number): number {
  const rest = numerator % divisor
  const isBelow = rest !== 0 && rest < 0 !== divisor < 0
  return (numerator - rest) / divisor - (isBelow ? 1 : 0)
}
