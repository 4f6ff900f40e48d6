/**
 * How far counts are from what was expected of them.
 *
 * @param expected  as many as there are counts, none zero
 */
export function chiSquareOf(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, cell) => {
    const awaited = expected[cell] ?? NaN
    return sum + (count - awaited) ** 2 / awaited
  }, 0)
}

/** @returns what the chi-square of so many degrees of freedom exceeds with this chance */
export function chiSquareQuantile(chance: number, degrees: number): number {
  let low = 0
  let high = degrees + 10
  while (chiSquareTail(high, degrees) > chance) high *= 2
  for (let halvings = 0; halvings < 200; halvings += 1) {
    const middle = (low + high) / 2
    if (chiSquareTail(middle, degrees) > chance) low = middle
    else high = middle
  }
  return high
}

/** @returns how likely the chi-square of so many degrees of freedom is above `value`: the upper incomplete gamma share */
function chiSquareTail(value: number, degrees: number): number {
  const [a, x] = [degrees / 2, value / 2]
  if (x === 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  // Each converges fast on its side of the mean.
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * Number.EPSILON; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

// 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - …))), from the inside.
function upperFraction(a: number, x: number): number {
  let fraction = 0
  for (let n = 2000; n >= 1; n -= 1) fraction = (n * (n - a)) / (x + 2 * n + 1 - a - fraction)
  return 1 / (x + 1 - a - fraction)
}

/** Stirling's series, where it is precise: the gamma function is carried there by its recurrence. */
function logGamma(a: number): number {
  let shift = 0
  let x = a
  for (; x < 20; x += 1) shift += Math.log(x)
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift
}
