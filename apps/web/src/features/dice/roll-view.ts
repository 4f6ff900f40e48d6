import type { FairRoll, RollVisibility, SheetRoll } from '@innkeeper/tabletop/table/messages'

/** One roll of the log, as the page shows it. */
export interface RollView {
  readonly key: string
  /** Epoch ms. */
  readonly at: number
  readonly name: string
  readonly isMine: boolean
  readonly visibility: RollVisibility
  /** Canonical. */
  readonly expression: string
  readonly label: string | null
  /** What it was for, when it came off a sheet. */
  readonly check: SheetRoll | null
  /** What it takes to verify it; null where nothing was committed to, and for a blind roll of one's own. */
  readonly fair: FairRoll | null
  /** Null for a blind roll of one's own. */
  readonly outcome: RollOutcome | null
}

export interface RollOutcome {
  /** One, or several for a repeated roll. */
  readonly runs: readonly RunView[]
}

/** One run through the expression. `exact` ("12.5") is there when the total was rounded down. */
export interface RunView {
  readonly total: number
  readonly exact: string | null
  readonly faces: readonly FaceView[]
}

export interface FaceView {
  readonly text: string
  readonly sides: number
  readonly isDropped: boolean
  readonly isHighest: boolean
  readonly isLowest: boolean
}

/** What players jump up for: the one d20 that counts shows its highest or its lowest face. */
export type Natural = 'natural-20' | 'natural-1'

/** @returns whether a roll has exactly one d20 that counts, and it shows 20 or 1 */
export function naturalOf({ runs }: RollOutcome): Natural | null {
  const [run, ...others] = runs
  const d20s = run?.faces.filter(({ sides, isDropped }) => sides === 20 && !isDropped) ?? []
  const [d20] = d20s
  if (d20 === undefined || d20s.length > 1 || others.length > 0) return null
  if (d20.isHighest) return 'natural-20'
  return d20.isLowest ? 'natural-1' : null
}
