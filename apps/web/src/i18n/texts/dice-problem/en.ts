import { diceHints, type DiceErrorCode } from '@innkeeper/tabletop/dice/dice-errors'

/** The dice say it in English themselves; the page knows which character it was. */
export const diceProblemEn: Readonly<Record<DiceErrorCode, string>> = {
  ...diceHints,
  UNEXPECTED_CHAR: '“{found}” does not fit here.',
}
