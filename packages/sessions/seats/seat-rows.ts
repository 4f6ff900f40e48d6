import type { PlayerUuid, RoomId, SignInId } from '@innkeeper/protocol/ids'
import type { ClaimState } from '../claims/claim-book'
import type { Channel, Seat, SeatRole, Session } from './seats'

/** The tables that `seatMigrations` make. */
export interface SeatTables {
  readonly table_sessions: SessionRow
  readonly table_seats: SeatRow
  readonly table_channels: ChannelRow
  readonly table_bans: BanRow
  readonly table_claims: ClaimRow
  readonly table_pairings: PairingRow
}

/** A row of `table_sessions`. */
export interface SessionRow {
  readonly id: RoomId
  readonly code: string
  readonly name: string
  readonly language: string
  readonly edition: string
  readonly seats_max: number
  readonly seats_taken: number
  readonly joinable: number
  readonly created_at: number
  readonly closed_at: number | null
  readonly cleared_at: number | null
}

/** A row of `table_seats`. */
export interface SeatRow {
  readonly uuid: PlayerUuid
  readonly session_id: RoomId
  readonly name: string
  readonly skeleton: string
  readonly role: SeatRole
  readonly account_uuid: PlayerUuid | null
  readonly recovery_hash: string
  readonly previous_recovery_hash: string | null
  readonly recovered_at: number | null
  readonly created_at: number
  readonly played_at: number
}

/** A row of `table_channels`. */
export interface ChannelRow {
  readonly sign_in: SignInId
  readonly seat_uuid: PlayerUuid
  readonly hash: string
  readonly issued_at: number
  readonly ends_at: number
}

/** A row of `table_bans`. */
export interface BanRow {
  readonly id: string
  readonly session_id: RoomId
  readonly name: string
  readonly skeleton: string
  readonly account_uuid: PlayerUuid | null
  readonly created_at: number
  readonly until: number
}

/** A row of `table_claims`. */
export interface ClaimRow {
  readonly id: string
  readonly session_id: RoomId
  readonly seat_uuid: PlayerUuid
  readonly name: string
  readonly secret_hash: string
  readonly state: ClaimState
  readonly created_at: number
  readonly ends_at: number
}

/** A row of `table_pairings`. */
export interface PairingRow {
  readonly seat_uuid: PlayerUuid
  readonly code_hash: string
  readonly sign_in: SignInId
  readonly ends_at: number
}

/** The table that a row keeps. */
export function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    language: row.language,
    edition: row.edition,
    isJoinable: row.joinable === 1,
    createdAt: row.created_at,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  }
}

/** A new table's row: one seat is taken, its GM's. */
export function toSessionRow(session: Session, seatsMax: number): SessionRow {
  return {
    id: session.id,
    code: session.code,
    name: session.name,
    language: session.language,
    edition: session.edition,
    seats_max: seatsMax,
    seats_taken: 1,
    joinable: session.isJoinable ? 1 : 0,
    created_at: session.createdAt,
    closed_at: session.closedAt ?? null,
    cleared_at: null,
  }
}

/** The seat that a row keeps, without what opens it. */
export function toSeat(row: SeatRow): Seat {
  return {
    uuid: row.uuid,
    sessionId: row.session_id,
    name: row.name,
    skeleton: row.skeleton,
    role: row.role,
    createdAt: row.created_at,
    playedAt: row.played_at,
    ...(row.account_uuid === null ? {} : { accountUuid: row.account_uuid }),
  }
}

/** A new seat's row. */
export function toSeatRow(seat: Seat, recoveryHash: string): SeatRow {
  return {
    uuid: seat.uuid,
    session_id: seat.sessionId,
    name: seat.name,
    skeleton: seat.skeleton,
    role: seat.role,
    account_uuid: seat.accountUuid ?? null,
    recovery_hash: recoveryHash,
    previous_recovery_hash: null,
    recovered_at: null,
    created_at: seat.createdAt,
    played_at: seat.playedAt,
  }
}

/** A channel's row. */
export function toChannelRow(uuid: PlayerUuid, channel: Channel): ChannelRow {
  const { hash, signIn, issuedAt, endsAt } = channel
  return { sign_in: signIn, seat_uuid: uuid, hash, issued_at: issuedAt, ends_at: endsAt }
}

/** The channel that a row keeps. */
export function toChannel({ sign_in: signIn, hash, issued_at, ends_at }: ChannelRow): Channel {
  return { hash, signIn, issuedAt: issued_at, endsAt: ends_at }
}
