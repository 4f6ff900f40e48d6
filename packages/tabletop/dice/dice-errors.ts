/** Why an expression is refused, and what to do about it in plain English. A page translates the code. */
export const diceHints = {
  EMPTY: 'Write what to roll, like 1d20+5.',
  TOO_LONG: 'Keep it within 200 characters.',
  UNEXPECTED_CHAR: 'This character does not fit here.',
  UNEXPECTED_END: 'Something is missing at the end.',
  UNKNOWN_NAME: 'This word is not known. A label starts with # or stands in [ ].',
  NOT_INTEGER: 'Only a whole number fits here, written in plain digits.',
  NOT_CONSTANT: 'This number cannot depend on dice.',
  NUMBER_TOO_BIG: 'Numbers and results go up to 1,000,000, exponents up to 20.',
  TOO_PRECISE: 'Use at most 6 digits after the point.',
  DIVISION_BY_ZERO: 'What it is divided by can be zero.',
  BAD_COUNT: 'The number here is at least 1.',
  BAD_SIDES: 'A die has 1 to 1000 sides; d% and dF exist too.',
  TOO_MANY_DICE: 'At most 200 dice in one roll, with all rerolls and explosions.',
  TOO_DEEP: 'At most 16 brackets inside one another.',
  REPEAT_TOO_MANY: 'Repeat at most 12 times.',
  POOL_TOO_MANY: 'At most 60 entries in pools, all repeats together.',
  TYPES_TOO_MANY: 'At most 8 damage types.',
  RESULT_TOO_BIG: 'This roll has grown too long to be shown.',
  KEEP_TOO_MANY: 'More dice are kept than there are.',
  DROP_TOO_MANY: 'Nothing would be left after dropping.',
  CANNOT_EXPLODE: 'This die cannot explode.',
  ALWAYS_EXPLODES: 'Every face explodes, so it would never end.',
  ALWAYS_REROLLS: 'Every face is rerolled, so it would never end.',
  NEEDS_ONE_D20: 'Advantage and disadvantage go with exactly one d20.',
  MODIFIER_CONFLICT: 'This modifier is there twice or contradicts another.',
  BAD_ARGUMENTS: 'floor, ceil, round and abs take one number; min and max take one or more.',
  BAD_LABEL: 'A label is plain text without control characters.',
  LABEL_MISPLACED: 'A [label] closes a term of the outermost sum, like 2d6+3 [fire] + 1d6 [cold].',
} as const

/** One of the reasons above. */
export type DiceErrorCode = keyof typeof diceHints

/** A refused expression. `position` counts UTF-16 code units from 0 in the text as it was given. */
export interface DiceError {
  readonly code: DiceErrorCode
  readonly position: number
  readonly hint: string
}

/**
 * How parser and evaluator stop half-way. It never leaves this folder: `parseDice` and `rollDice` turn it into a
 * returned error.
 */
export class DiceFault extends Error {
  override readonly name = 'DiceFault'

  constructor(
    readonly code: DiceErrorCode,
    readonly position: number,
  ) {
    super(code)
  }
}

/**
 * Runs `work`, and turns its fault into a returned error.
 *
 * @throws whatever else `work` throws: that is a defect of ours
 */
export function catchDiceFault<Result>(work: () => Result): Result | { readonly error: DiceError } {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof DiceFault)) throw cause
    return { error: { code: cause.code, position: cause.position, hint: diceHints[cause.code] } }
  }
}
