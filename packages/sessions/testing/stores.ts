import { expect } from 'bun:test'
import { parsePlayerUuid, parseRoomId, type PlayerUuid, type SignInId } from '@innkeeper/protocol/ids'
import type { Claim } from '../claims/claim-book'
import { hashSecret } from '../secret-hash'
import type { Channel, Seat, SeatKeys, Session } from '../seats/seats'
import type { SessionStores } from '../session-stores'

/** Stores for one test, and their end. */
export interface StoresUnderTest {
  readonly stores: SessionStores
  close(): Promise<void>
}

/** The moment at which everything in these contracts is made. */
export const startMs = 1_795_296_000_000

/** Opens a table with its GM on the first seat. */
export async function openedTable({ seats }: SessionStores, { seatsMax = 10 } = {}) {
  const session = newSession()
  const gm = newSeat(session, { role: 'gm' })
  const keys = newKeys()
  expect(await seats.open(session, gm, { keys, seatsMax })).toBe('opened')
  return { session, gm, keys }
}

/** Seats a player at a table. */
export async function seatedPlayer({ seats }: SessionStores, session: Session, given: Partial<Seat> = {}) {
  const seat = newSeat(session, given)
  const keys = newKeys()
  expect(await seats.take(seat, keys)).toEqual({ kind: 'seated' })
  return { seat, keys }
}

export function newSession(): Session {
  const id = parseRoomId(crypto.randomUUID())
  if (id === undefined) throw new Error('a uuid is a room id')
  const code = crypto.randomUUID().slice(0, 8).toUpperCase()
  const said = { name: 'Phandalin', language: 'ru', edition: '2014' }
  return { id, code, ...said, isJoinable: true, createdAt: startMs }
}

/** A player of an account of their own, unless told. */
export function newSeat(session: Session, given: Partial<Seat> = {}): Seat {
  return {
    uuid: newUuid(),
    sessionId: session.id,
    name: 'Торин',
    skeleton: `name-${crypto.randomUUID()}`,
    role: 'player',
    accountUuid: newUuid(),
    createdAt: startMs + 1,
    playedAt: startMs + 1,
    ...given,
  }
}

/** The same without an account. */
export function newGuest(session: Session, given: Partial<Seat> = {}): Seat {
  const { accountUuid: _account, ...guest } = newSeat(session, given)
  return guest
}

export function newKeys(): SeatKeys {
  return { channel: newChannel(), recoveryHash: hashSecret(crypto.randomUUID()) }
}

export function newChannel(): Channel {
  const hash = hashSecret(crypto.randomUUID())
  return { hash, signIn: newSignIn(), issuedAt: startMs + 2, endsAt: startMs + 90 * 86_400_000 }
}

/** An open claim of ten minutes. */
export function newClaim({ sessionId, uuid }: Seat, given: Partial<Claim> = {}): Claim {
  const times = { createdAt: startMs, endsAt: startMs + 600_000 }
  return { id: crypto.randomUUID(), sessionId, uuid, name: 'torin', state: 'open', ...times, ...given }
}

export function newUuid(): PlayerUuid {
  const uuid = parsePlayerUuid(crypto.randomUUID())
  if (uuid === undefined) throw new Error('a uuid is a player uuid')
  return uuid
}

export function newSignIn(): SignInId {
  return parseSignIn(crypto.randomUUID())
}

function parseSignIn(text: string): SignInId {
  return text as SignInId
}
