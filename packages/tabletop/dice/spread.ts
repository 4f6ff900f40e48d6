import { createTally, greatestCommonDivisor, TooComplex, type Effort, type Spread } from './tally'

/** A function of numerators, and the denominator of its results. */
export interface Mapping<Of> {
  readonly denominator: number
  readonly of: Of
}

/** @returns whole values with their chances, in any order; what is there twice is added up */
export function spreadOf(
  effort: Effort,
  entries: readonly (readonly [value: number, chance: number])[],
): Spread {
  const tally = createTally(effort, {
    ...endsOf(entries.map(([value]) => value)),
    additions: entries.length,
  })
  for (const [value, chance] of entries) tally.add(value, chance)
  return tally.toSpread(1)
}

/** @returns one value that always comes up */
export function certain(effort: Effort, numerator: number, denominator: number): Spread {
  const tally = createTally(effort, { low: numerator, high: numerator, additions: 1 })
  tally.add(numerator, 1)
  return tally.toSpread(denominator)
}

/** @returns the sum of all chances */
export function massOf({ chances }: Spread): number {
  return chances.reduce((sum, chance) => sum + chance, 0)
}

/** @returns the spread with every chance times `weight` */
export function weighted(spread: Spread, weight: number): Spread {
  return { ...spread, chances: spread.chances.map((chance) => chance * weight) }
}

/** @returns what a function of the value comes to */
export function mapped(
  effort: Effort,
  spread: Spread,
  { denominator, of }: Mapping<(numerator: number) => number>,
): Spread {
  const results = spread.numerators.map((numerator) => of(numerator))
  const tally = createTally(effort, { ...endsOf(results), additions: results.length })
  results.forEach((result, index) => tally.add(result, spread.chances[index] ?? 0))
  return tally.toSpread(denominator)
}

/**
 * What a function of two independent values comes to. At the ends of its inputs the function has to reach its own
 * ends, as products, quotients, minima and maxima do.
 */
export function combined(
  effort: Effort,
  [a, b]: readonly [Spread, Spread],
  { denominator, of }: Mapping<(a: number, b: number) => number>,
): Spread {
  const corners = [lowestOf(a), highestOf(a)].flatMap((x) => [of(x, lowestOf(b)), of(x, highestOf(b))])
  const tally = createTally(effort, {
    ...endsOf(corners),
    additions: a.numerators.length * b.numerators.length,
  })
  a.numerators.forEach((x, index) => {
    const chance = a.chances[index] ?? 0
    b.numerators.forEach((y, other) => tally.add(of(x, y), chance * (b.chances[other] ?? 0)))
  })
  return tally.toSpread(denominator)
}

/** @returns the sum of two independent values */
export function added(effort: Effort, a: Spread, b: Spread): Spread {
  const denominator = commonDenominator([a, b])
  const left = withDenominator(a, denominator)
  const right = withDenominator(b, denominator)
  const tally = createTally(effort, {
    low: lowestOf(left) + lowestOf(right),
    high: highestOf(left) + highestOf(right),
    additions: left.numerators.length * right.numerators.length,
  })
  left.numerators.forEach((numerator, index) => tally.addAll(right, numerator, left.chances[index] ?? 0))
  return tally.toSpread(denominator)
}

/**
 * @param count  at least 1
 * @param least  values that are rarer than this on the way are left out
 * @returns the sum of so many independent values that are all spread alike
 */
export function addedTimes(
  effort: Effort,
  spread: Spread,
  { count, least }: { readonly count: number; readonly least: number },
): Spread {
  if (count === 1) return spread
  const half = addedTimes(effort, spread, { count: Math.floor(count / 2), least })
  const even = withoutRarer(added(effort, half, half), least)
  return count % 2 === 0 ? even : withoutRarer(added(effort, even, spread), least)
}

/** @returns the spread without the values that are rarer than that */
export function withoutRarer(spread: Spread, least: number): Spread {
  return filtered(spread, (_, chance) => chance >= least)
}

/** @returns what is left of the spread; the chances stay as they are */
export function filtered(spread: Spread, isLeft: (numerator: number, chance: number) => boolean): Spread {
  const { denominator, numerators, chances } = spread
  const left = numerators.map((numerator, index) => (isLeft(numerator, chances[index] ?? 0) ? 1 : 0))
  const isThere = (_: number, index: number) => left[index] === 1
  return { denominator, numerators: numerators.filter(isThere), chances: chances.filter(isThere) }
}

/** @returns spreads of cases that exclude one another, as one; their chances are added as they are */
export function united(effort: Effort, cases: readonly Spread[]): Spread {
  const denominator = commonDenominator(cases)
  const alike = cases.map((spread) => withDenominator(spread, denominator))
  const tally = createTally(effort, {
    ...endsOf(alike.flatMap((spread) => [lowestOf(spread), highestOf(spread)])),
    additions: alike.reduce((sum, { numerators }) => sum + numerators.length, 0),
  })
  for (const spread of alike) tally.addAll(spread, 0, 1)
  return tally.toSpread(denominator)
}

/** @throws TooComplex when it is too large to be exact */
export function commonDenominator(spreads: readonly Spread[]): number {
  return spreads.reduce((common, { denominator }) => leastCommonMultiple(common, denominator), 1)
}

/**
 * @returns the smallest positive number that both divide; `a` is positive
 * @throws TooComplex when it is too large to be exact
 */
export function leastCommonMultiple(a: number, b: number): number {
  return exactly((a / greatestCommonDivisor(a, b)) * Math.abs(b))
}

/**
 * @returns the same values with another denominator, which is a multiple of theirs; no longer in lowest terms
 * @throws TooComplex when a numerator gets too large to be exact
 */
export function withDenominator(spread: Spread, denominator: number): Spread {
  const factor = denominator / spread.denominator
  if (factor === 1) return spread
  const numerators = spread.numerators.map((numerator) => exactly(numerator * factor))
  return { denominator, numerators, chances: spread.chances }
}

/** @returns the lowest numerator */
function lowestOf({ numerators }: Spread): number {
  return numerators[0] ?? 0
}

/** @returns the highest numerator */
function highestOf({ numerators }: Spread): number {
  return numerators.at(-1) ?? 0
}

/** @throws TooComplex when a whole number is too large to be exact */
export function exactly(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TooComplex()
  return value
}

/** @returns the lowest and the highest of at least one value */
export function endsOf(values: Iterable<number>): { readonly low: number; readonly high: number } {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return { low, high }
}
