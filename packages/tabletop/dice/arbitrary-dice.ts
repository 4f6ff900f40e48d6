import fc from 'fast-check'
import {
  diceFunctions,
  type DiceComparison,
  type DiceExpression,
  type DiceNode,
  type DiceSelection,
  type DiceTerm,
  type SignedTerm,
} from './dice-expression'

const sign = fc.constantFrom('+' as const, '-' as const)
const small = fc.integer({ min: 1, max: 9 })
const literal: fc.Arbitrary<DiceNode> = fc.oneof(
  fc.nat({ max: 30 }).map((value) => ({ kind: 'number' as const, value })),
  fc.constantFrom(0.5, 1.25, 12.000001).map((value) => ({ kind: 'number' as const, value })),
)

/** Of so many values; now and then all are dropped, or one more is kept than there are. */
function selectionOf(count: number): fc.Arbitrary<DiceSelection> {
  const keep = fc.record({
    kind: fc.constant('keep' as const),
    end: fc.constantFrom('high' as const, 'low' as const),
    count: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: count }) },
      { weight: 1, arbitrary: fc.constant(count + 1) },
    ),
  })
  const drop = fc
    .record({
      kind: fc.constant('drop' as const),
      low: fc.nat({ max: Math.min(2, count - 1) }),
      high: fc.nat({ max: Math.min(2, count - 1) }),
    })
    .filter(({ low, high }) => low + high > 0)
  return count === 1 ? keep : fc.oneof(keep, drop)
}

function comparison(low: number, high: number): fc.Arbitrary<DiceComparison> {
  return fc.record({
    sign: fc.constantFrom('<', '<=', '=', '>=', '>'),
    value: fc.integer({ min: low, max: high }),
  })
}

interface DiceSizes {
  readonly counts: { readonly min: number; readonly max: number }
  readonly sides: readonly DiceTerm['sides'][]
}

const anySizes: DiceSizes = { counts: { min: 1, max: 6 }, sides: [1, 2, 6, 20, 100, 1000, 'F'] }
/** So few faces that all of them can be tried out. */
const fewFaces: DiceSizes = { counts: { min: 1, max: 3 }, sides: [2, 3, 4, 'F'] }

/** Dice terms, sensible and not: some are refused when they are read (nothing kept, or never an end). */
function termOfSizes({ counts, sides: allSides }: DiceSizes): fc.Arbitrary<DiceTerm> {
  return fc
    .record({ count: fc.integer(counts), sides: fc.constantFrom<DiceTerm['sides']>(...allSides) })
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
          keep: selectionOf(count),
          success: fc.record({ on, failure: on }, { requiredKeys: ['on'] }),
        },
        { requiredKeys: ['kind', 'at', 'count', 'sides'] },
      )
    })
}

function nodeOfDepth(depth: number, sizes: DiceSizes): fc.Arbitrary<DiceNode> {
  const term = termOfSizes(sizes)
  if (depth === 0) return fc.oneof(literal, term)
  const inner = nodeOfDepth(depth - 1, sizes)
  const divisor = fc.oneof(
    { weight: 4, arbitrary: small.map((value): DiceNode => ({ kind: 'number', value })) },
    { weight: 1, arbitrary: term },
  )
  const factor = fc.oneof(
    fc.record({ operator: fc.constant('*' as const), node: fc.oneof(inner, inner.map(negate)) }),
    fc.record({
      operator: fc.constantFrom('/' as const, '//' as const),
      node: fc.oneof(divisor, divisor.map(negate)),
    }),
  )
  return fc.oneof(
    inner,
    sumOfDepth(depth, sizes)
      .filter((terms) => terms.length > 1 || terms[0]?.sign === '-')
      .map((terms): DiceNode => ({ kind: 'sum', terms })),
    fc
      .record({ first: inner, factors: fc.array(factor, { minLength: 1, maxLength: 2 }) })
      .map(({ first, factors }): DiceNode => ({ kind: 'product', first, factors })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).chain((entries) =>
      fc.record(
        {
          kind: fc.constant('pool' as const),
          entries: fc.constant(entries),
          keep: selectionOf(entries.length),
          success: fc.record({ on: comparison(-3, 9), failure: comparison(-3, 9) }, { requiredKeys: ['on'] }),
        },
        { requiredKeys: ['kind', 'entries'] },
      ),
    ),
    fc
      .record({
        base: fc.oneof(
          fc.nat({ max: 12 }).map((value): DiceNode => ({ kind: 'number', value })),
          term,
        ),
        exponent: fc.nat({ max: 3 }),
      })
      .map(({ base, exponent }): DiceNode => ({ kind: 'power', base, exponent })),
    fc
      .constantFrom(...diceFunctions)
      .chain((name) =>
        fc
          .array(inner, { minLength: 1, maxLength: name === 'min' || name === 'max' ? 3 : 1 })
          .map((inputs): DiceNode => ({ kind: 'call', name, inputs })),
      ),
  )
}

function negate(node: DiceNode): DiceNode {
  return { kind: 'negate', node }
}

function sumOfDepth(depth: number, sizes: DiceSizes): fc.Arbitrary<readonly SignedTerm[]> {
  return fc.array(fc.record({ sign, node: nodeOfDepth(Math.max(0, depth - 1), sizes) }), {
    minLength: 1,
    maxLength: 3,
  })
}

const type = fc.constantFrom('fire', 'cold', 'холод', 'slashing magic')

function expressionOfSizes(sizes: DiceSizes): fc.Arbitrary<DiceExpression> {
  return fc.record(
    {
      repeat: fc.integer({ min: 1, max: 4 }),
      parts: fc
        .array(fc.record({ type, terms: sumOfDepth(2, sizes) }), { minLength: 0, maxLength: 2 })
        .chain((typed) => sumOfDepth(2, sizes).map((terms) => [...typed, { terms }])),
    },
    { requiredKeys: ['parts'] },
  )
}

/** Whole expressions. Most are valid; printing and reading one tells. */
export const diceExpressionArbitrary: fc.Arbitrary<DiceExpression> = expressionOfSizes(anySizes)

/** One dice term or a whole expression, with at most three dice to a term, of at most four sides. */
export const smallExpressionArbitrary: fc.Arbitrary<DiceExpression> = fc.oneof(
  termOfSizes(fewFaces).map((node): DiceExpression => ({ parts: [{ terms: [{ sign: '+', node }] }] })),
  expressionOfSizes(fewFaces),
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
