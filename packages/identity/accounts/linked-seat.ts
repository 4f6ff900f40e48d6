import type { PlayerUuid } from '@innkeeper/protocol/ids'

/** A seat at a table that is linked to an account, as whoever keeps it tells of it. Times in epoch milliseconds. */
export interface LinkedSeat {
  /** The table's. */
  readonly id: string
  readonly name: string
  readonly role: string
  readonly player: { readonly uuid: string; readonly name: string }
  readonly createdAt: number
  readonly lastPlayedAt: number
}

/** Asks for an account's seats. */
export type SeatsOf = (account: PlayerUuid) => Promise<readonly LinkedSeat[]>
