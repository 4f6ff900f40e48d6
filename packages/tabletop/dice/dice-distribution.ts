import { boundsOfDice } from './dice-bounds'
import { diceHints } from './dice-errors'
import type { DiceExpression, DiceTerm } from './dice-expression'
import { diceLimits, type DiceLimits } from './dice-limits'
import { diceTermsOf, isVarying, overrunChance } from './dice-overrun'
import { floored, spreadOfSum } from './node-spread'
import { filtered, weighted } from './spread'
import { TooComplex, type Spread } from './tally'

/**
 * How likely each total of an expression is; of a repeated one, each total of one run.
 *
 * A probability is right to 1e-9 of itself. Where dice can bring more dice, it also lacks what is rarer than 1e-14; and
 * no total that is rarer than 1e-300 is there.
 */
export interface DiceDistribution {
  /** Every total that can come up, ascending. With `truncated`, their probabilities add up to one within 1e-9. */
  readonly outcomes: readonly DiceChance[]
  /** Of the outcomes: what a roll that is not refused comes to. */
  readonly mean: number
  readonly standardDeviation: number
  /** The first and the last of the outcomes. */
  readonly min: number
  readonly max: number
  /** How likely it is that rerolls and explosions go past the limit of dice, so that the roll is refused. */
  readonly truncated: number
}

export interface DiceChance {
  readonly total: number
  readonly probability: number
}

const distributionHints = {
  TOO_COMPLEX: 'This has too many possibilities to count. It can be rolled all the same.',
  TOO_MANY_DICE: diceHints.TOO_MANY_DICE,
} as const

/**
 * Why there is no distribution. `TOO_COMPLEX`: counting would take too long. `TOO_MANY_DICE`: too many rolls are
 * refused for going past the limit of dice, for the others to tell anything.
 */
export interface DistributionError {
  readonly code: keyof typeof distributionHints
  /** What to make of it, in plain English. A page translates the code. */
  readonly hint: string
}

// About 20 ms. What costs more is refused: counted in steps, so the same everywhere and every time.
const mostSteps = 4_000_000
const mostOutcomes = 10_000
// Covers what is lost in the bounds, which are not exact.
const nearWhole = 1e-9
/** How often a roll may be refused for going past the limit of dice; see `overrunOf`. */
const mostOverrun = { free: 0.5, cut: 0.5, tied: 1e-9 } as const

/**
 * Counts what an expression that was accepted comes to. Takes a bounded time, whatever the expression.
 *
 * @param limits  those that it is rolled with
 */
export function distributionOf(
  expression: DiceExpression,
  limits: DiceLimits = diceLimits,
): DiceDistribution | { readonly error: DistributionError } {
  const repeat = expression.repeat ?? 1
  const terms = diceTermsOf(expression).map((term) => ({ ...term, count: term.count * repeat }))
  const spareDice = limits.dice - terms.reduce((sum, { count }) => sum + count, 0)
  const truncated = overrunChance(terms, spareDice)
  const overrun = overrunOf(terms.filter(isVarying))
  if (truncated > mostOverrun[overrun]) return refused('TOO_MANY_DICE')
  try {
    const totals = totalsOf(expression, { limits, spareDice })
    if (totals.numerators.length > mostOutcomes) return refused('TOO_COMPLEX')
    return toDistribution(overrun === 'free' ? weighted(totals, 1 - truncated) : totals, truncated)
  } catch (cause) {
    if (cause instanceof TooComplex) return refused('TOO_COMPLEX')
    throw cause
  }
}

function totalsOf(
  expression: DiceExpression,
  { limits, spareDice }: { readonly limits: DiceLimits; readonly spareDice: number },
): Spread {
  const effort = { steps: mostSteps }
  const terms = expression.parts.flatMap((part) => part.terms)
  const totals = floored(effort, spreadOfSum({ effort, spareDice }, terms))
  // Each chain of explosions may have all spare dice; what only several long ones together come to, no roll does.
  const { low, high } = boundsOfDice(expression, limits.dice)
  return filtered(totals, (total) => total >= Math.floor(low) && total <= high + nearWhole)
}

/**
 * What going past the limit of dice has to do with the total. `free`: nothing, as all of it is rerolls until a face is
 * gone, and how often says nothing about the face that stays. `cut`: of a single exploding die, exactly the longest
 * chains are refused, and those are left out anyway. `tied`: there is no telling.
 */
function overrunOf(varying: readonly DiceTerm[]): 'free' | 'cut' | 'tied' {
  if (varying.every(({ reroll, explode }) => reroll?.mode === 'until' && !explode)) return 'free'
  const [first, second] = varying
  const isLone = second === undefined && first?.count === 1 && first.reroll === undefined
  return isLone ? 'cut' : 'tied'
}

function toDistribution({ numerators, chances }: Spread, truncated: number): DiceDistribution {
  const outcomes = Array.from(numerators, (total, index) => ({ total, probability: chances[index] ?? 0 }))
  const mass = chances.reduce((sum, chance) => sum + chance, 0)
  const meanOf = (of: (total: number) => number) =>
    outcomes.reduce((sum, { total, probability }) => sum + of(total) * probability, 0) / mass
  const mean = meanOf((total) => total)
  return {
    outcomes,
    mean,
    standardDeviation: Math.sqrt(meanOf((total) => (total - mean) ** 2)),
    min: numerators[0] ?? 0,
    max: numerators.at(-1) ?? 0,
    truncated,
  }
}

function refused(code: DistributionError['code']): { readonly error: DistributionError } {
  return { error: { code, hint: distributionHints[code] } }
}
