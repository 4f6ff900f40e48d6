/**
 * What a value comes to, and how likely: `numerators[n] / denominator` with the probability `chances[n]`. The values
 * are exact, in lowest terms, and ascend; none is there twice. The probabilities are positive. Where only a part of all
 * cases is looked at, they add up to less than one.
 */
export interface Spread {
  readonly denominator: number
  readonly numerators: Float64Array
  readonly chances: Float64Array
}

/**
 * How much arithmetic is left before it is given up; a step takes some nanoseconds. Mutable, and never seen outside of
 * one `distributionOf`.
 */
export interface Effort {
  steps: number
}

/** How the arithmetic stops half-way. It never leaves this folder: `distributionOf` turns it into a returned error. */
export class TooComplex extends Error {
  override readonly name = 'TooComplex'
}

/**
 * Adds up chances by value. Nothing is ever taken away from a sum, so a probability stays as precise as a double can
 * be, however small it is.
 */
export interface Tally {
  /** @throws TooComplex once the effort is spent; so does `addAll` */
  add(numerator: number, chance: number): void
  /** Adds every value of a spread moved by `shift`, its chance times `weight`. */
  addAll(spread: Spread, shift: number, weight: number): void
  /** @throws TooComplex when the denominator is too large to be exact */
  toSpread(denominator: number): Spread
}

/** Between what the numerators lie, both ends included, and about how many additions are to come. */
export interface TallySize {
  readonly low: number
  readonly high: number
  readonly additions: number
}

const stepsOfTally = 1000
const stepsOfSlot = 2
const stepsOfAddition = 10
const stepsOfSparseAddition = 40

/** @throws TooComplex when a numerator could be too large to be exact, or the effort is spent */
export function createTally(effort: Effort, { low, high, additions }: TallySize): Tally {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) throw new TooComplex()
  spend(effort, stepsOfTally)
  const slots = high - low + 1
  return slots <= 1024 + 8 * additions ? denseTally(effort, low, slots) : sparseTally(effort)
}

function denseTally(effort: Effort, low: number, slots: number): Tally {
  spend(effort, slots * stepsOfSlot)
  const sums = new Float64Array(slots)
  return {
    add(numerator, chance) {
      spend(effort, stepsOfAddition)
      sums[numerator - low] = (sums[numerator - low] ?? 0) + chance
    },
    addAll({ numerators, chances }, shift, weight) {
      spend(effort, numerators.length)
      const offset = shift - low
      // The innermost loop of everything, hence no callback.
      for (let index = 0; index < numerators.length; index += 1) {
        const slot = (numerators[index] ?? 0) + offset
        sums[slot] = (sums[slot] ?? 0) + (chances[index] ?? 0) * weight
      }
    },
    toSpread(denominator) {
      let found = 0
      for (let slot = 0; slot < slots; slot += 1) if (sums[slot] !== 0) found += 1
      const numerators = new Float64Array(found)
      const chances = new Float64Array(found)
      for (let slot = slots - 1; slot >= 0; slot -= 1) {
        const chance = sums[slot] ?? 0
        if (chance === 0) continue
        found -= 1
        numerators[found] = low + slot
        chances[found] = chance
      }
      return reduced({ denominator, numerators, chances })
    },
  }
}

// For few values far apart, as fractions have them.
function sparseTally(effort: Effort): Tally {
  const sums = new Map<number, number>()
  const add = (numerator: number, chance: number) => {
    spend(effort, stepsOfSparseAddition)
    sums.set(numerator, (sums.get(numerator) ?? 0) + chance)
  }
  return {
    add,
    addAll({ numerators, chances }, shift, weight) {
      numerators.forEach((numerator, index) => add(numerator + shift, (chances[index] ?? 0) * weight))
    },
    toSpread(denominator) {
      const entries = [...sums].filter(([, chance]) => chance > 0).sort(([a], [b]) => a - b)
      return reduced({
        denominator,
        numerators: Float64Array.from(entries, ([numerator]) => numerator),
        chances: Float64Array.from(entries, ([, chance]) => chance),
      })
    },
  }
}

/** @throws TooComplex when that is more than what is left */
export function spend(effort: Effort, steps: number): void {
  effort.steps -= steps
  if (effort.steps < 0) throw new TooComplex()
}

function reduced(spread: Spread): Spread {
  if (!Number.isSafeInteger(spread.denominator)) throw new TooComplex()
  let divisor = spread.denominator
  for (const numerator of spread.numerators) {
    if (divisor === 1) return spread
    divisor = greatestCommonDivisor(divisor, numerator)
  }
  return {
    denominator: spread.denominator / divisor,
    numerators: spread.numerators.map((numerator) => numerator / divisor),
    chances: spread.chances,
  }
}

/** @returns the largest whole number that divides both; `a` is positive */
export function greatestCommonDivisor(a: number, b: number): number {
  let [divisor, rest] = [a, Math.abs(b)]
  while (rest > 0) [divisor, rest] = [rest, divisor % rest]
  return divisor
}
