import type { RollVisibility } from '@innkeeper/tabletop/table/messages'

/** One roll of the log, as the page shows it. */
export interface RollView {
  readonly key: string
  /** Epoch ms. */
  readonly at: number
  readonly name: string
  readonly isMine: boolean
  readonly visibility: RollVisibility
  readonly expression: string
  readonly label: string | null
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

/** A roll that this player has sent and that the table has not answered yet. */
export interface PendingRoll {
  readonly key: number
  readonly expression: string
}
