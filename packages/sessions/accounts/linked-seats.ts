import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { SeatedPlayer } from '../seats/seats'

/** What became of a wish to link a seat. `until`: when the account's ban from this table ends, in epoch ms. */
export type Linking =
  | { readonly kind: 'linked' | 'other-account' | 'account-seated' | 'gone' }
  | { readonly kind: 'banned'; readonly until: number }

/** Seats as accounts see them: one account has one seat at a table at most. */
export interface LinkedSeats {
  /** A seat that is this account's already counts as linked. */
  link(uuid: PlayerUuid, account: PlayerUuid, nowMs: number): Promise<Linking>
  /** The account is gone: its seats stay, with their keys. @returns whose they were */
  unlink(account: PlayerUuid): Promise<readonly SeatedPlayer[]>
  /** An account's seats at open tables, the latest played first. */
  list(account: PlayerUuid): Promise<readonly SeatedPlayer[]>
  /** @returns the account's seat at this open table */
  find(account: PlayerUuid, sessionId: RoomId): Promise<SeatedPlayer | undefined>
}
