import type { RoundedDown } from './exact'

/** What came up. Plain JSON of at most 16 KB under the usual limits. */
export type DiceResult = SingleResult | RepeatedResult

interface Rolled {
  /** The expression as it was understood, without its label. */
  readonly canonical: string
  readonly label?: string
  /** Every dice term in reading order; `outcomes[n].terms` goes with it. */
  readonly terms: readonly TermNotation[]
  /**
   * The damage types, when the expression names any; `outcomes[n].parts` goes with it. null is what stands outside of
   * all brackets.
   */
  readonly types?: readonly (string | null)[]
  /** One, or one per repeat. */
  readonly outcomes: readonly DiceOutcome[]
}

/** A total, rounded down once at the very end; `exact` ("12.5") says what was cut off. */
export interface SingleResult extends Rolled, RoundedDown {}

/** Several totals. They are a list; adding them up means nothing. */
export interface RepeatedResult extends Rolled {
  readonly totals: readonly number[]
}

/** A dice term as it was understood, and what its `<` and `>` mean in faces or sides. */
export interface TermNotation {
  readonly notation: string
  readonly readings?: readonly ComparisonReading[]
}

/** `>4` on a d6 reads from 5 to 6. */
export interface ComparisonReading {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** One run through the expression. */
export interface DiceOutcome extends RoundedDown {
  readonly terms: readonly TermOutcome[]
  /** Every pool in the order in which they open. */
  readonly pools?: readonly PoolOutcome[]
  /** What each damage type came to, rounded down by itself. */
  readonly parts?: readonly RoundedDown[]
}

/** What one dice term came to. `isDropped`: a pool around it did not keep it. */
export interface TermOutcome {
  readonly total: number
  readonly dice: readonly RolledDie[]
  readonly isDropped?: true
}

/**
 * One face, in the order of the table: every die is followed by what it was rerolled to and by the dice that it
 * brought.
 */
export interface RolledDie {
  readonly face: number
  /** What it counts as, where that is not its face. */
  readonly value?: number
  /** It brought the die after it (and its rerolls). */
  readonly exploded?: true
  /** Absent: kept. `joined`: counted within the die that exploded. */
  readonly fate?: 'dropped' | 'rerolled' | 'joined'
  /** 1 for a success, -1 for a failure. */
  readonly score?: 1 | -1
}

/** What the entries of one pool came to. */
export interface PoolOutcome {
  readonly entries: readonly PoolEntryOutcome[]
}

/** One entry of a pool. */
export interface PoolEntryOutcome extends RoundedDown {
  readonly isDropped?: true
  readonly score?: 1 | -1
}
