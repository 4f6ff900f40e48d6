import type { PlayerUuid, RoomId, SignInId } from '@innkeeper/protocol/ids'
import type { Seat, SeatRole, SeatSecrets, Session } from './seats'

/** The tables that `seatMigrations` make. */
export interface SeatTables {
  readonly table_sessions: SessionRow
  readonly table_seats: SeatRow
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
  readonly created_at: number
  readonly closed_at: number | null
}

/** A row of `table_seats`. */
export interface SeatRow {
  readonly uuid: PlayerUuid
  readonly session_id: RoomId
  readonly name: string
  readonly skeleton: string
  readonly role: SeatRole
  readonly account_uuid: PlayerUuid | null
  readonly sign_in: SignInId
  readonly channel_hash: string
  readonly channel_issued_at: number
  readonly recovery_hash: string
  readonly previous_recovery_hash: string | null
  readonly recovered_at: number | null
  readonly created_at: number
}

/** The table that a row keeps. */
export function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    language: row.language,
    edition: row.edition,
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
    created_at: session.createdAt,
    closed_at: session.closedAt ?? null,
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
    ...(row.account_uuid === null ? {} : { accountUuid: row.account_uuid }),
  }
}

/** A new seat's row. */
export function toSeatRow(seat: Seat, secrets: SeatSecrets): SeatRow {
  return {
    uuid: seat.uuid,
    session_id: seat.sessionId,
    name: seat.name,
    skeleton: seat.skeleton,
    role: seat.role,
    account_uuid: seat.accountUuid ?? null,
    sign_in: secrets.signIn,
    channel_hash: secrets.channelHash,
    channel_issued_at: secrets.channelIssuedAt,
    recovery_hash: secrets.recoveryHash,
    previous_recovery_hash: null,
    recovered_at: null,
    created_at: seat.createdAt,
  }
}
