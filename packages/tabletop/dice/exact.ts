/**
 * A rational number, never rounded. It is not reduced on the way: a chain of operations grows it only linearly, and
 * finding common divisors at every step would cost more than everything else in an evaluation.
 */
export interface Exact {
  readonly numerator: bigint
  /** Always positive. */
  readonly denominator: bigint
}

const shownDecimals = 3
const million = 1_000_000n

/** @returns a whole number, or one with at most 6 decimals */
export function toExact(value: number): Exact {
  if (Number.isInteger(value)) return { numerator: BigInt(value), denominator: 1n }
  return { numerator: BigInt(Math.round(value * 1_000_000)), denominator: million }
}

/** @returns `a + b` */
export function plus(a: Exact, b: Exact): Exact {
  if (a.denominator === b.denominator)
    return { numerator: a.numerator + b.numerator, denominator: a.denominator }
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }
}

/** @returns `-a` */
export function minus(a: Exact): Exact {
  return { numerator: -a.numerator, denominator: a.denominator }
}

/** @returns `a * b` */
export function times(a: Exact, b: Exact): Exact {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator }
}

/** @returns `a / b`, or undefined when `b` is zero */
export function over(a: Exact, b: Exact): Exact | undefined {
  if (b.numerator === 0n) return undefined
  const sign = b.numerator < 0n ? -1n : 1n
  return { numerator: a.numerator * b.denominator * sign, denominator: a.denominator * b.numerator * sign }
}

/** @returns below zero, zero or above, as `sort` wants it */
export function compareExact(a: Exact, b: Exact): number {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  return left < right ? -1 : left > right ? 1 : 0
}

/** @returns the largest whole number that is not above `a` */
export function floorOf({ numerator, denominator }: Exact): Exact {
  if (denominator === 1n) return { numerator, denominator }
  const quotient = numerator / denominator
  const isExact = quotient * denominator === numerator
  return { numerator: isExact || numerator > 0n ? quotient : quotient - 1n, denominator: 1n }
}

/** @returns the smallest whole number that is not below `a` */
export function ceilOf(a: Exact): Exact {
  return minus(floorOf(minus(a)))
}

/** @returns the nearest whole number; one half goes up */
export function roundOf(a: Exact): Exact {
  return floorOf(plus(a, { numerator: 1n, denominator: 2n }))
}

/** @returns `a` multiplied with itself; 1 for the exponent 0 */
export function powerOf(a: Exact, exponent: number): Exact {
  return { numerator: a.numerator ** BigInt(exponent), denominator: a.denominator ** BigInt(exponent) }
}

/** A number rounded down; `exact` is there when that changed it: decimals, with `…` where they go on. */
export interface RoundedDown {
  readonly total: number
  readonly exact?: string
}

/** @returns a number as people read it: rounded down, with what was cut off */
export function roundDown(a: Exact): RoundedDown {
  const total = Number(floorOf(a).numerator)
  const isNegative = a.numerator < 0n
  const magnitude = isNegative ? -a.numerator : a.numerator
  const whole = magnitude / a.denominator
  const rest = magnitude % a.denominator
  if (rest === 0n) return { total }
  const scaled = rest * 10n ** BigInt(shownDecimals)
  const digits = (scaled / a.denominator).toString().padStart(shownDecimals, '0')
  const goesOn = scaled % a.denominator !== 0n
  return {
    total,
    exact: `${isNegative ? '-' : ''}${whole}.${goesOn ? `${digits}…` : digits.replace(/0+$/, '')}`,
  }
}
