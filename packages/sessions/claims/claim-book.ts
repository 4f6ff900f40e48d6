import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { SeatedPlayer, SeatKeys } from '../seats/seats'

/** Whether the game master has answered. */
export type ClaimState = 'open' | 'approved' | 'declined'

/** Someone says that a taken seat is theirs. Epoch ms. */
export interface Claim {
  readonly id: string
  readonly sessionId: RoomId
  /** The seat that is claimed. */
  readonly uuid: PlayerUuid
  /** As the claimer typed it. */
  readonly name: string
  readonly state: ClaimState
  readonly createdAt: number
  readonly endsAt: number
}

/** A claim to answer, by whom it was made to. */
export interface ClaimPlace {
  readonly id: string
  readonly sessionId: RoomId
}

/** Claims until they end. Every check-and-set here is one statement or one transaction. */
export interface ClaimBook {
  /** @param secretHash  of what the claimer shows to learn the answer (`hashSecret`) */
  put(claim: Claim, secretHash: string): Promise<void>
  find(id: string, secretHash: string): Promise<Claim | undefined>
  /** Claims at a table that wait for an answer at `nowMs`, the oldest first. */
  open(sessionId: RoomId, nowMs: number): Promise<readonly Claim[]>
  /**
   * Approves an open claim to a player's seat until `endsAt`; every other claim to that seat is declined, also one that
   * was approved before.
   *
   * @returns what was decided now, the claim first, or undefined when it was not open
   */
  approve(
    place: ClaimPlace,
    when: { readonly nowMs: number; readonly endsAt: number },
  ): Promise<readonly Claim[] | undefined>
  /** @returns the claim, declined, or undefined when it was not open */
  decline(place: ClaimPlace, nowMs: number): Promise<Claim | undefined>
  /** Declines every claim to a seat, also one that was approved. @returns those that were not declined before */
  declineAll(uuid: PlayerUuid): Promise<readonly Claim[]>
  /**
   * Trades an approved claim for new keys to its seat; no other device has a channel any more. Until it ends it may be
   * traded again, so that a lost answer locks nobody out. A game master's seat is given to nobody.
   */
  redeem(id: string, keys: SeatKeys, nowMs: number): Promise<SeatedPlayer | undefined>
  /** Drops the claims that have ended. @returns them, as they were */
  dropEnded(nowMs: number): Promise<readonly Claim[]>
}
