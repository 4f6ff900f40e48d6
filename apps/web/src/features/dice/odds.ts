/** How likely each total of an expression is. */
export interface Odds {
  /** Ascending. */
  readonly outcomes: readonly { readonly total: number; readonly probability: number }[]
  readonly mean: number
  readonly min: number
  readonly max: number
}

/** @returns how likely it is to roll at least so much */
export function chanceOfAtLeast({ outcomes }: Pick<Odds, 'outcomes'>, wanted: number): number {
  // From the rare end on, so that little is lost in adding.
  const chance = outcomes.reduceRight(
    (sum, { total, probability }) => (total >= wanted ? sum + probability : sum),
    0,
  )
  return Math.min(1, chance)
}

/** One bar of a picture of the odds. */
export interface OddsBar {
  readonly from: number
  readonly to: number
  readonly probability: number
}

/** @returns at most so many bars of equal width over all totals */
export function toBars({ outcomes, min, max }: Odds, most: number): readonly OddsBar[] {
  const width = Math.max(1, Math.ceil((max - min + 1) / most))
  const bars = Array.from({ length: Math.ceil((max - min + 1) / width) }, (_, index) => ({
    from: min + index * width,
    to: Math.min(max, min + (index + 1) * width - 1),
    probability: 0,
  }))
  for (const { total, probability } of outcomes) {
    const bar = bars[Math.floor((total - min) / width)]
    if (bar) bar.probability += probability
  }
  return bars
}
