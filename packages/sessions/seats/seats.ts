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
  /** The account that was signed in when the seat was taken. */
  readonly accountUuid?: PlayerUuid
  readonly createdAt: number
}

/** What opens a seat, as it is kept: hashes (`hashSecret`), and the sign-in that the channel token belongs to. */
export interface SeatSecrets {
  readonly channelHash: string
  /** When the channel token was issued, in epoch ms: what ends older tokens ends it too. */
  readonly channelIssuedAt: number
  readonly signIn: SignInId
  readonly recoveryHash: string
}

/** A seat with its table. */
export interface SeatedPlayer {
  readonly seat: Seat
  readonly session: Session
}

/** Whose a channel token is. */
export interface ChannelHolder extends SeatedPlayer {
  readonly signIn: SignInId
  readonly channelIssuedAt: number
}

/** The moment of a recovery, and how long the key that was used before may be used again (a lost answer). */
export interface RecoveryWindow {
  readonly nowMs: number
  readonly graceMs: number
}

/** Tables, who sits at them, and what opens each seat. Every check-and-set here is one statement or one transaction. */
export interface Seats {
  /** Opens a table for `seatsMax` seats with its GM on the first. */
  open(session: Session, gm: Seat, options: OpenOptions): Promise<'opened' | 'code-taken'>
  /** @returns the open table with this code */
  findOpen(code: string): Promise<Session | undefined>
  take(seat: Seat, secrets: SeatSecrets): Promise<'seated' | 'name-taken' | 'full' | 'closed'>
  /** Gives a seat back that its player never got to. */
  leave(uuid: PlayerUuid): Promise<void>
  /** @returns the skeletons of the names at a table */
  skeletonsAt(sessionId: RoomId): Promise<ReadonlySet<string>>
  load(uuid: PlayerUuid): Promise<SeatedPlayer | undefined>
  findByChannel(channelHash: string): Promise<ChannelHolder | undefined>
  /**
   * Trades a recovery key for new secrets. The key that was used stays good for `graceMs` more, so that a lost answer
   * locks nobody out; each use replaces the secrets of the one before.
   */
  recover(recoveryHash: string, next: SeatSecrets, window: RecoveryWindow): Promise<SeatedPlayer | undefined>
  /** @returns whose recovery key this is, if `recover` would take it; a closed table's keys open nothing */
  findByRecovery(recoveryHash: string, window: RecoveryWindow): Promise<SeatedPlayer | undefined>
  /** Ends a table: its code is free, its seats open nothing. */
  close(sessionId: RoomId, atMs: number): Promise<void>
}

/** What opens the first seat of a new table, and how many there are, that one included. */
export interface OpenOptions {
  readonly secrets: SeatSecrets
  readonly seatsMax: number
}
