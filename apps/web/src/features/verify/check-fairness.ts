import type { FairnessDocument, FairnessRoll } from '@innkeeper/tabletop/dice/fairness-document'
import { type ShownRoll, type VerifiedRoll, verifyRolls } from '@innkeeper/tabletop/dice/verify-rolls'

/** One roll with what became of it. */
export interface CheckedRoll extends VerifiedRoll {
  /** The expression, or the dice one after the other. */
  readonly dice: string
  readonly shown: ShownRoll
}

/** What the page says of a document. */
export interface Checked {
  readonly seeds: FairnessDocument['seeds']
  /** All rolls, in the order of the document. */
  readonly rolls: readonly CheckedRoll[]
  /** Those that do not add up. */
  readonly wrong: readonly CheckedRoll[]
  readonly fell: number
  /** Rolls of a seed that is still secret. */
  readonly sealed: number
  readonly missing: ReturnType<typeof verifyRolls>['missing']
  readonly repeated: ReturnType<typeof verifyRolls>['repeated']
  readonly isFair: boolean
}

/** Rolls everything again. Needs no server and no network. */
export function checkFairness(document: FairnessDocument): Checked {
  const { rolls: verified, missing, repeated } = verifyRolls(document)
  const rolls = verified.flatMap((roll, index) => {
    const entry = document.rolls[index]
    return entry === undefined ? [] : [{ ...roll, dice: diceOf(entry), shown: entry }]
  })
  const wrong = rolls.filter(({ verdict }) => verdict === 'mismatch' || verdict === 'bad-commitment')
  const count = (verdict: VerifiedRoll['verdict']) => rolls.filter((roll) => roll.verdict === verdict).length
  return {
    ...{ seeds: document.seeds, rolls, wrong, missing, repeated },
    fell: count('ok'),
    sealed: count('not-revealed'),
    isFair: wrong.length === 0 && repeated.length === 0,
  }
}

/** @returns faces and totals as one reads them aloud: `7 17 = 22` */
export function printShown({ faces, totals }: ShownRoll): string {
  return faces.join(' ') + (totals === undefined ? '' : ` = ${totals.join(', ')}`)
}

function diceOf(entry: FairnessRoll): string {
  return 'expression' in entry ? entry.expression : entry.sides.map((sides) => `d${sides}`).join(', ')
}
