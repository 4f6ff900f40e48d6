import type { DiceSelection } from './dice-expression'
import { hitsIn, type HitOrMiss } from './hit-chances'
import { endsOf, massOf, weighted } from './spread'
import { createTally, spend, type Effort, type Spread, type Tally, type TallySize } from './tally'

/** Some independent values that are spread alike. */
export interface ValueGroup {
  readonly count: number
  readonly spread: Spread
}

/** Values of which some are kept. */
export interface Selecting {
  /** All with the same denominator. */
  readonly groups: readonly ValueGroup[]
  readonly keep: DiceSelection
  /** What a kept value counts as, by its numerator. */
  readonly worth: (numerator: number) => number
}

/** A value that those of one group can have, and how likely one of them has it once it has none of those before. */
interface Step extends HitOrMiss {
  readonly group: number
  readonly numerator: number
}

/** The places that are kept of all values in order: from `from` up to, not including, `to`. */
interface Places {
  readonly from: number
  readonly to: number
}

/** How many of each group have their value by now, and what the kept ones among them come to. */
interface Row<Sums> {
  readonly placed: readonly number[]
  readonly sums: Sums
}

const stepsOfValue = 100
const stepsOfRow = 500
const stepsOfTry = 10
const nothing: Spread = { denominator: 1, numerators: Float64Array.of(0), chances: Float64Array.of(1) }

/**
 * What the kept ones of several independent values come to together.
 *
 * Goes through the possible values in order, decides how many have each, and ends with the last place that is kept. It
 * starts at the end from which that is sooner: for the highest of 200 dice, one die is all that is looked for.
 *
 * @returns numerators of what `worth` gives, over 1
 */
export function selectedSum(effort: Effort, { groups, keep, worth }: Selecting): Spread {
  const total = groups.reduce((sum, { count }) => sum + count, 0)
  const { isDown, places } = placesOf(keep, total)
  spend(effort, stepsOfValue * groups.reduce((sum, { spread }) => sum + spread.numerators.length, 0))
  const steps = stepsOf(groups, isDown)
  const size = sizeOfSums(steps, places, worth)
  const finished = createTally(effort, size)
  let rows: readonly Row<Spread>[] = [{ placed: groups.map(() => 0), sums: nothing }]
  for (const step of steps) {
    const next = new Map<string, Row<Tally>>()
    for (const { placed, sums } of rows) {
      const before = placed.reduce((sum, count) => sum + count, 0)
      const left = (groups[step.group]?.count ?? 0) - (placed[step.group] ?? 0)
      spend(effort, stepsOfRow + left * stepsOfTry)
      chancesOf(left, places.to - before, step).forEach((chance, hits) => {
        if (chance === 0) return
        const kept = Math.max(0, Math.min(places.to, before + hits) - Math.max(places.from, before))
        const isFull = before + hits >= places.to
        const tally = isFull
          ? finished
          : tallyAt(next, moved(placed, step.group, hits), () => createTally(effort, size))
        tally.addAll(sums, kept * worth(step.numerator), chance)
      })
    }
    rows = [...next.values()].map(({ placed, sums }) => ({ placed, sums: sums.toSpread(1) }))
  }
  // Every step was looked at as if one of its values had to come; where some were cut off, all is as much rarer.
  const mass = groups.reduce((product, { count, spread }) => product * massOf(spread) ** count, 1)
  return weighted(finished.toSpread(1), mass)
}

function placesOf(keep: DiceSelection, total: number): { readonly isDown: boolean; readonly places: Places } {
  const low = keep.kind === 'drop' ? keep.low : keep.end === 'high' ? total - keep.count : 0
  const high = keep.kind === 'drop' ? keep.high : keep.end === 'low' ? total - keep.count : 0
  // `low` and `high` are now what is dropped at either end.
  const isDown = high <= low
  return { isDown, places: isDown ? { from: high, to: total - low } : { from: low, to: total - high } }
}

function stepsOf(groups: readonly ValueGroup[], isDown: boolean): readonly Step[] {
  const direction = isDown ? -1 : 1
  const steps = groups.flatMap(({ spread: { numerators, chances } }, group) => {
    const order = [...numerators.keys()]
    if (!isDown) order.reverse()
    // Now from the last one that is looked at to the first, so that what comes later is known.
    let later = 0
    return order.map((index): Step => {
      const chance = chances[index] ?? 0
      const rest = later
      later += chance
      return { group, numerator: numerators[index] ?? 0, hit: chance / later, miss: rest / later }
    })
  })
  return steps.sort((a, b) => direction * (a.numerator - b.numerator))
}

function sizeOfSums(steps: readonly Step[], { from, to }: Places, worth: Selecting['worth']): TallySize {
  const { low, high } = endsOf(steps.map(({ numerator }) => worth(numerator)))
  const kept = to - from
  return { low: Math.min(0, kept * low), high: Math.max(0, kept * high), additions: kept * steps.length }
}

function tallyAt(rows: Map<string, Row<Tally>>, placed: readonly number[], create: () => Tally): Tally {
  const key = placed.join()
  const known = rows.get(key)
  if (known) return known.sums
  const sums = create()
  rows.set(key, { placed, sums })
  return sums
}

function moved(placed: readonly number[], group: number, hits: number): readonly number[] {
  return hits === 0 ? placed : placed.map((count, index) => (index === group ? count + hits : count))
}

/** @returns how likely 0, 1, 2 … of those left have this value; the last entry is `enough` or more */
function chancesOf(left: number, enough: number, step: Step): readonly number[] {
  const chances = hitsIn(left, step)
  if (left < enough) return chances
  return [...chances.slice(0, enough), chances.slice(enough).reduce((sum, chance) => sum + chance, 0)]
}
