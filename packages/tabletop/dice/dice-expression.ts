/**
 * A parsed expression: plain JSON, normalised (defaults filled in, synonyms replaced, modifiers in a fixed order),
 * and already checked against every limit that can be known without rolling.
 */
export interface DiceExpression {
  /** Rolled this many times, giving as many totals; absent: once, one total. */
  readonly repeat?: number
  /** The outermost sum, cut after every `[type]`. */
  readonly parts: readonly DicePart[]
  /** The text after `#`. */
  readonly label?: string
}

/** Some terms of the outermost sum, and the damage type in the brackets that close them. */
export interface DicePart {
  readonly type?: string
  readonly terms: readonly SignedTerm[]
}

/** @returns what makes two damage types the same: not their case */
export function toTypeKey(type: string): string {
  return type.toLowerCase()
}

/** A term of a sum. */
export interface SignedTerm {
  readonly sign: '+' | '-'
  readonly node: DiceNode
}

/** Anything that has a value. */
export type DiceNode =
  | DiceTerm
  | DicePool
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sum'; readonly terms: readonly SignedTerm[] }
  | { readonly kind: 'product'; readonly first: DiceNode; readonly factors: readonly DiceFactor[] }
  | { readonly kind: 'negate'; readonly node: DiceNode }
  | { readonly kind: 'power'; readonly base: DiceNode; readonly exponent: number }
  | { readonly kind: 'call'; readonly name: DiceFunction; readonly inputs: readonly DiceNode[] }

/** `/` is exact, `//` floors. */
export type DiceOperator = '*' | '/' | '//'

/** What a product is multiplied with or divided by. */
export interface DiceFactor {
  readonly operator: DiceOperator
  readonly node: DiceNode
}

/** The functions; `round` goes up from one half. */
export const diceFunctions = ['floor', 'ceil', 'round', 'abs', 'min', 'max'] as const
export type DiceFunction = (typeof diceFunctions)[number]

/** Dice of one size. Its parts apply in the order in which they stand here. */
export interface DiceTerm {
  readonly kind: 'dice'
  /** Where it starts in the text, for errors that only rolling can find. */
  readonly at: number
  readonly count: number
  /** `F` is a Fate die: -1, 0 or 1. */
  readonly sides: number | 'F'
  readonly reroll?: DiceReroll
  readonly explode?: DiceExplosion
  /** Every face counts as at least this. */
  readonly min?: number
  readonly max?: number
  readonly keep?: DiceSelection
  readonly success?: DiceSuccess
}

/** `{a, b}`: totals that are kept, dropped or counted like dice. */
export interface DicePool {
  readonly kind: 'pool'
  readonly entries: readonly DiceNode[]
  readonly keep?: DiceSelection
  readonly success?: DiceSuccess
}

/** Faces to roll again: once, or until none of them shows. */
export interface DiceReroll {
  readonly mode: 'once' | 'until'
  readonly on: readonly DiceComparison[]
}

/**
 * Faces that bring one more die: as a die of its own, added into the first one (`compound`), or as a die of its own
 * that counts one less (`penetrate`).
 */
export interface DiceExplosion {
  readonly mode: 'add' | 'compound' | 'penetrate'
  readonly on: DiceComparison
}

/** Which of several values count. Of equal ones the earlier is kept. */
export type DiceSelection =
  | { readonly kind: 'keep'; readonly end: 'high' | 'low'; readonly count: number }
  | { readonly kind: 'drop'; readonly low: number; readonly high: number }

/** The value becomes the number of successes less the number of failures; what is both is a success. */
export interface DiceSuccess {
  readonly on: DiceComparison
  readonly failure?: DiceComparison
}

/** `>` is strict, `>=` is not. */
export interface DiceComparison {
  readonly sign: '<' | '<=' | '=' | '>=' | '>'
  readonly value: number
}
