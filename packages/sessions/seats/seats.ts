import type { PlayerUuid, RoomId, SignInId } from '@innkeeper/protocol/ids'

/** What someone is at a table. */
export type SeatRole = 'gm' | 'player'

/** A table, from its opening to its end. It is also a room, and `id` is that room's. Times are epoch ms. */
export interface Session {
  readonly id: RoomId
  /** What players type to join; unique among open tables. */
  readonly code: string
  readonly name: string
  readonly language: string
  readonly edition: string
  /** Whether new players may sit down. */
  readonly isJoinable: boolean
  readonly createdAt: number
  readonly closedAt?: number
}

/** A place at a table. Whoever holds its tokens or its recovery key is that player. */
export interface Seat {
  /** The player's public uuid in this session. */
  readonly uuid: PlayerUuid
  readonly sessionId: RoomId
  readonly name: string
  /** Two names that look the same have the same one; unique within a session. */
  readonly skeleton: string
  readonly role: SeatRole
  /** The account that the seat is linked to; it has no other seat at this table. */
  readonly accountUuid?: PlayerUuid
  readonly createdAt: number
  /** When its player was last here, to some minutes. */
  readonly playedAt: number
}

/** What opens the live channel of one device, as it is kept: `hash` is of the token (`hashSecret`). Epoch ms. */
export interface Channel {
  readonly hash: string
  readonly signIn: SignInId
  /** What ends older tokens ends it too. */
  readonly issuedAt: number
  /** When its sign-in ends at the latest. */
  readonly endsAt: number
}

/** What opens a seat: on one device, and on any other. */
export interface SeatKeys {
  readonly channel: Channel
  /** Hash of the recovery key (`hashSecret`). */
  readonly recoveryHash: string
}

/** A seat with its table. */
export interface SeatedPlayer {
  readonly seat: Seat
  readonly session: Session
}

/** Whose a channel token is. */
export interface ChannelHolder extends SeatedPlayer {
  readonly channel: Channel
}

/** The moment of a recovery, and how long the key that was used before may be used again (a lost answer). */
export interface RecoveryWindow {
  readonly nowMs: number
  readonly graceMs: number
}

/** What became of a wish for a seat. `until`: when the ban ends, in epoch ms. */
export type Taking =
  | { readonly kind: 'seated' | 'name-taken' | 'account-seated' | 'full' | 'not-joinable' | 'closed' }
  | { readonly kind: 'banned'; readonly until: number }

/** A ban, spoken while its player is removed. Epoch ms. */
export interface NewBan {
  readonly id: string
  readonly spokenAt: number
  readonly until: number
}

/** Who sits at a table, and what opens each seat. Every check-and-set here is one statement or one transaction. */
export interface Seats {
  /** Opens a table for `seatsMax` seats with its GM on the first. */
  open(session: Session, gm: Seat, options: OpenOptions): Promise<'opened' | 'code-taken'>
  /** Seats a newcomer, whom neither their name nor their account keeps out. */
  take(seat: Seat, keys: SeatKeys): Promise<Taking>
  /**
   * Frees a player's seat; nothing opens it any more. With a `ban`, neither its name nor its account sits down here
   * again until that ends. A game master's seat stays (`leads`): a table is never without one.
   */
  remove(uuid: PlayerUuid, ban?: NewBan): Promise<'removed' | 'gone' | 'leads'>
  /** The seats of a table, the oldest first. */
  list(sessionId: RoomId): Promise<readonly Seat[]>
  load(uuid: PlayerUuid): Promise<SeatedPlayer | undefined>
  /** @returns what became of it; a name that looks like another's at this table is taken */
  rename(
    uuid: PlayerUuid,
    name: { readonly name: string; readonly skeleton: string },
  ): Promise<'renamed' | 'name-taken' | 'gone'>
  /** The GM and a player of the same table change places. @returns false when they are not that any more */
  handOver(gm: PlayerUuid, player: PlayerUuid): Promise<boolean>
  /** Notes that the player was here at `atMs`. */
  played(uuid: PlayerUuid, atMs: number): Promise<void>

  findByChannel(channelHash: string): Promise<ChannelHolder | undefined>
  /** Opens the seat on one more device. @returns undefined for a seat that is gone */
  addChannel(uuid: PlayerUuid, channel: Channel): Promise<SeatedPlayer | undefined>
  dropChannel(signIn: SignInId): Promise<void>
  /** Drops channels whose sign-in has ended by itself. */
  dropOldChannels(nowMs: number): Promise<void>

  /**
   * Trades a recovery key for new keys: no other device has a channel any more, no claim that was approved opens the
   * seat. The key that was used stays good for `graceMs` more, so that a lost answer locks nobody out; each use
   * replaces the keys of the one before.
   */
  recover(recoveryHash: string, next: SeatKeys, window: RecoveryWindow): Promise<SeatedPlayer | undefined>
  /** @returns whose recovery key this is, if `recover` would take it; a closed table's keys open nothing */
  findByRecovery(recoveryHash: string, window: RecoveryWindow): Promise<SeatedPlayer | undefined>
  /** Replaces the recovery key; the old one is dead at once. @returns false for a seat that is gone */
  renewRecovery(uuid: PlayerUuid, recoveryHash: string): Promise<boolean>
}

/** What opens the first seat of a new table, and how many there are, that one included. */
export interface OpenOptions {
  readonly keys: SeatKeys
  readonly seatsMax: number
}
