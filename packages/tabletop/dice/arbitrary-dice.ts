import fc from 'fast-check'
import {
  diceFunctions,
  type DiceComparison,
  type DiceExpression,
  type DiceNode,
  type DiceTerm,
  type SignedTerm,
} from './dice-expression'

const sign = fc.constantFrom('+' as const, '-' as const)
const small = fc.integer({ min: 1, max: 9 })
const literal: fc.Arbitrary<DiceNode> = fc.oneof(
  fc.nat({ max: 30 }).map((value) => ({ kind: 'number' as const, value })),
  fc.constantFrom(0.5, 1.25, 12.000001).map((value) => ({ kind: 'number' as const, value })),
)
const selection = fc.oneof(
  fc.record({
    kind: fc.constant('keep' as const),
    end: fc.constantFrom('high' as const, 'low' as const),
    count: small,
  }),
  fc
    .record({ kind: fc.constant('drop' as const), low: fc.nat({ max: 2 }), high: fc.nat({ max: 2 }) })
    .filter(({ low, high }) => low + high > 0),
)

function comparison(low: number, high: number): fc.Arbitrary<DiceComparison> {
  return fc.record({
    sign: fc.constantFrom('<', '<=', '=', '>=', '>'),
    value: fc.integer({ min: low, max: high }),
  })
}

/** Dice terms, sensible and not: some are refused when they are read (nothing kept, or never an end). */
export const diceTermArbitrary: fc.Arbitrary<DiceTerm> = fc
  .record({
    count: fc.integer({ min: 1, max: 6 }),
    sides: fc.constantFrom<DiceTerm['sides']>(1, 2, 6, 20, 100, 1000, 'F'),
  })
  .chain(({ count, sides }) => {
    const on = sides === 'F' ? comparison(-1, 1) : comparison(1, Math.min(sides, 20))
    return fc.record(
      {
        kind: fc.constant('dice' as const),
        at: fc.constant(0),
        count: fc.constant(count),
        sides: fc.constant(sides),
        reroll: fc.record({
          mode: fc.constantFrom('once' as const, 'until' as const),
          on: fc.array(on, { minLength: 1, maxLength: 2 }),
        }),
        explode: fc.record({
          mode: fc.constantFrom('add' as const, 'compound' as const, 'penetrate' as const),
          on,
        }),
        min: fc.integer({ min: 1, max: 4 }),
        max: fc.integer({ min: 4, max: 12 }),
        keep: selection,
        success: fc.record({ on, failure: on }, { requiredKeys: ['on'] }),
      },
      { requiredKeys: ['kind', 'at', 'count', 'sides'] },
    )
  })

function nodeOfDepth(depth: number): fc.Arbitrary<DiceNode> {
  if (depth === 0) return fc.oneof(literal, diceTermArbitrary)
  const inner = nodeOfDepth(depth - 1)
  const divisor = small.map((value): DiceNode => ({ kind: 'number', value }))
  const factor = fc.oneof(
    fc.record({ operator: fc.constant('*' as const), node: fc.oneof(inner, inner.map(negate)) }),
    fc.record({
      operator: fc.constantFrom('/' as const, '//' as const),
      node: fc.oneof(divisor, divisor.map(negate)),
    }),
  )
  return fc.oneof(
    inner,
    sumOfDepth(depth)
      .filter((terms) => terms.length > 1 || terms[0]?.sign === '-')
      .map((terms): DiceNode => ({ kind: 'sum', terms })),
    fc
      .record({ first: inner, factors: fc.array(factor, { minLength: 1, maxLength: 2 }) })
      .map(({ first, factors }): DiceNode => ({ kind: 'product', first, factors })),
    fc
      .record({
        entries: fc.array(inner, { minLength: 1, maxLength: 3 }),
        keep: fc.option(selection, { nil: undefined }),
      })
      .map(({ entries, keep }): DiceNode => ({ kind: 'pool', entries, ...(keep ? { keep } : {}) })),
    fc
      .record({ base: fc.nat({ max: 12 }), exponent: fc.nat({ max: 3 }) })
      .map(({ base, exponent }): DiceNode => ({
        kind: 'power',
        base: { kind: 'number', value: base },
        exponent,
      })),
    fc
      .record({ name: fc.constantFrom(...diceFunctions), input: inner })
      .map(({ name, input }): DiceNode => ({ kind: 'call', name, inputs: [input] })),
  )
}

function negate(node: DiceNode): DiceNode {
  return { kind: 'negate', node }
}

function sumOfDepth(depth: number): fc.Arbitrary<readonly SignedTerm[]> {
  return fc.array(fc.record({ sign, node: nodeOfDepth(Math.max(0, depth - 1)) }), {
    minLength: 1,
    maxLength: 3,
  })
}

const type = fc.constantFrom('fire', 'cold', 'холод', 'slashing magic')

/** Whole expressions. Most are valid; printing and reading one tells. */
export const diceExpressionArbitrary: fc.Arbitrary<DiceExpression> = fc.record(
  {
    repeat: fc.integer({ min: 1, max: 4 }),
    parts: fc
      .array(fc.record({ type, terms: sumOfDepth(2) }), { minLength: 0, maxLength: 2 })
      .chain((typed) => sumOfDepth(2).map((terms) => [...typed, { terms }])),
  },
  { requiredKeys: ['parts'] },
)

const fragments = [
  ...'0123456789dDкКдД+-*/%().,{}[]#!<>=x^ kfp\u00A0−–×÷:@_"\\'.split(''),
  'd20',
  '4d6',
  'kh3',
  'kl',
  'dl1',
  'adv',
  'dis',
  'ro',
  'rr1',
  'min',
  'max(',
  'floor(',
  '//',
  '**',
  '!!',
  '!p',
  '>=5',
  'f1',
  'вл',
  'вх',
  'dF',
  'd%',
  '6x',
  '[fire]',
  '# label',
  '999',
  '1000',
  '1e9',
]

/** Texts that look like dice, mostly broken. */
export const diceTextArbitrary: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...fragments), { maxLength: 40 })
  .map((pieces) => pieces.join(''))
