/** What one expression may ask for. A table that wants other numbers hands over its own. */
export interface DiceLimits {
  /** Length of the text, in UTF-16 code units. */
  readonly characters: number
  /** Dice of one request: all repeats together, rerolls and explosions counted. */
  readonly dice: number
  readonly sides: number
  /** Brackets, pools and functions inside one another. */
  readonly nesting: number
  readonly repeats: number
  /** Entries of all pools together, times the repeats. */
  readonly poolEntries: number
  /** Different damage types. */
  readonly types: number
  /** A result as JSON in UTF-8. The limits above keep all but the strangest luck far below it. */
  readonly resultBytes: number
  /** The largest magnitude that a number written down, or any result on the way, may have. */
  readonly magnitude: number
  /** Digits after the decimal point of a number written down. */
  readonly decimals: number
  /** The largest exponent of `**`. */
  readonly exponent: number
}

/** The limits of every table. */
export const diceLimits: DiceLimits = {
  characters: 200,
  dice: 200,
  sides: 1_000,
  nesting: 16,
  repeats: 12,
  poolEntries: 60,
  types: 8,
  resultBytes: 16 * 1024,
  magnitude: 1_000_000,
  decimals: 6,
  exponent: 20,
}
