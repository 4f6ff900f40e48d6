import { disambiguate } from '@innkeeper/names/guests'
import { requireName, type Name } from '@innkeeper/names/names'
import { seatNames } from '@innkeeper/names/reserved-names'
import {
  parsePlayerUuid,
  parseRoomId,
  type PlayerUuid,
  type RoomId,
  type SignInId,
} from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import { assertNever, type Clock, type Log, type Random } from '@innkeeper/protocol/tools'
import type { NewRoom, Rooms } from '@innkeeper/rooms/rooms'
import type { SessionLimits } from './session-limits'
import { createJoinCode, parseJoinCode } from './join-code'
import { createRecoveryKey, parseRecoveryKey } from './recovery-key'
import { hashSecret } from './secret-hash'
import type { Seat, SeatedPlayer, SeatRole, Seats, SeatSecrets, Session } from './seats/seats'
import type { SeatTokens, SignIns } from './sign-ins'

/** A seat and everything that opens it. The secrets are shown this once; only their hashes are kept. */
export interface SeatGrant extends SeatedPlayer, SeatTokens {
  readonly channelToken: string
  readonly recoveryKey: string
}

/** What someone says who opens a table. */
export interface NewTable {
  readonly name: string
  readonly gmName: string
  readonly language: string
  readonly edition: string
}

/** Who is asking: the address that limits count by, and the account that the seat is linked to. */
export interface Caller {
  readonly limitKey: string
  readonly accountUuid?: PlayerUuid
}

/** Opening a table, sitting down, and coming back on another device. */
export interface Tables {
  /** @throws AppError `name-refused` | `validation-failed` | `too-many` */
  open(table: NewTable, caller: Caller): Promise<SeatGrant>
  /**
   * @param code  as typed
   * @throws AppError `session-not-found` | `name-taken` (extra `suggestion`) | `name-refused` | `room-full` | `too-many`
   */
  join(code: string, name: string, caller: Caller): Promise<SeatGrant>
  /**
   * The same seat on another device: earlier tokens die with their sockets, and the key is replaced by a new one.
   *
   * @throws AppError `recovery-failed` | `too-many`
   */
  recover(recoveryKey: string, caller: Caller): Promise<SeatGrant>
}

/** What opening and joining tables stands on. */
export interface TablesOptions {
  readonly seats: Seats
  readonly rooms: Rooms
  readonly signIns: SignIns
  readonly limits: SessionLimits
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Seats of a table, its GM's among them. */
  readonly seatsMax: number
  /** How long a used recovery key may be used again, for when its answer was lost on the way. */
  readonly recoveryGraceMs: number
}

/** Opens tables and seats players, in an order that leaves nothing half done: a failure takes back what came before it. */
export function createTables(options: TablesOptions): Tables {
  return {
    open: (table, caller) => openTable(options, table, caller),
    join: (code, name, caller) => joinTable(options, { code, name }, caller),
    recover: (recoveryKey, caller) => recoverSeat(options, recoveryKey, caller),
  }
}

async function openTable(options: TablesOptions, table: NewTable, caller: Caller): Promise<SeatGrant> {
  const { clock, random, rooms, seatsMax, log } = options
  await options.limits.create.consume(caller.limitKey)
  const { name } = requireName(table.name, tableName)
  const gmName = requireName(table.gmName, { reserved: seatNames })
  const { language, edition } = table
  const session = { id: newRoomId(random), name, language, edition, createdAt: clock() }
  const gm = newSeat(options, { sessionId: session.id, role: 'gm', name: gmName }, caller)
  await rooms.create(toRoom(session, gm, seatsMax))
  try {
    return await seatPlayer(options, gm, (secrets) => openSession(options, { session, gm, secrets }))
  } catch (error) {
    await options.seats.close(session.id, clock())
    await rooms.close(session.id).catch((cause: unknown) => {
      log.error({ error: cause, room: session.id }, 'a table that could not be opened left its room behind')
    })
    throw error
  }
}

const tableName = { minGraphemes: 1, maxGraphemes: limits.roomNameGraphemes, reserved: false } as const
const codeTries = 5

interface Opening {
  readonly session: Omit<Session, 'code'>
  readonly gm: Seat
  readonly secrets: SeatSecrets
}

async function openSession(options: TablesOptions, { session, gm, secrets }: Opening): Promise<Session> {
  const { seats, seatsMax, random } = options
  for (let tries = 1; tries <= codeTries; tries += 1) {
    const coded = { ...session, code: createJoinCode(random) }
    if ((await seats.open(coded, gm, { secrets, seatsMax })) === 'opened') return coded
  }
  throw new Error(`No free join code in ${codeTries} tries`)
}

async function joinTable(
  options: TablesOptions,
  wish: { readonly code: string; readonly name: string },
  caller: Caller,
): Promise<SeatGrant> {
  const session = await findTable(options, wish.code, caller)
  const name = requireName(wish.name, { reserved: seatNames })
  const seat = newSeat(options, { sessionId: session.id, role: 'player', name }, caller)
  return await seatPlayer(options, seat, async (secrets) => {
    await takeSeat(options, seat, secrets)
    return session
  })
}

async function findTable(options: TablesOptions, typed: string, caller: Caller): Promise<Session> {
  const { join, wrongCode } = options.limits
  await join.consume(caller.limitKey)
  await wrongCode.consume(caller.limitKey)
  const code = parseJoinCode(typed)
  const session = code === undefined ? undefined : await options.seats.findOpen(code)
  if (session === undefined) throw new AppError('session-not-found')
  await wrongCode.refund(caller.limitKey)
  return session
}

async function takeSeat({ seats, seatsMax }: TablesOptions, seat: Seat, secrets: SeatSecrets): Promise<void> {
  const taken = await seats.take(seat, secrets)
  switch (taken) {
    case 'seated':
      return
    case 'name-taken': {
      const suggestion = disambiguate(seat.name, await seats.skeletonsAt(seat.sessionId))
      throw new AppError('name-taken', 'Someone at this table has this name', { suggestion })
    }
    case 'full':
      throw new AppError('room-full', `Seats: ${seatsMax} of ${seatsMax}`)
    case 'closed':
      throw new AppError('session-not-found')
    default:
      assertNever(taken)
  }
}

/** A new seat with its sign-in, known to its room. Nothing stays of one that the room or the table refused. */
async function seatPlayer(
  options: TablesOptions,
  seat: Seat,
  place: (secrets: SeatSecrets) => Promise<Session>,
): Promise<SeatGrant> {
  const { seats, rooms, signIns } = options
  const { signIn, tokens } = await signIns.start(seat.uuid)
  try {
    const secrets = newSecrets(options, signIn)
    const session = await place(secrets.kept)
    await rooms.admit(session.id, { uuid: seat.uuid, nick: seat.name, role: seat.role })
    return { seat, session, ...tokens, ...secrets.shown }
  } catch (error) {
    await seats.leave(seat.uuid)
    await signIns.end(seat.uuid, signIn, 'signed-out')
    throw error
  }
}

async function recoverSeat(options: TablesOptions, typed: string, caller: Caller): Promise<SeatGrant> {
  const { seats, signIns, clock, recoveryGraceMs: graceMs } = options
  const { wrongKey } = options.limits
  await wrongKey.consume(caller.limitKey)
  const key = parseRecoveryKey(typed)
  const hash = key === undefined ? undefined : hashSecret(key)
  const window = { nowMs: clock(), graceMs }
  const owner = hash === undefined ? undefined : await seats.findByRecovery(hash, window)
  if (hash === undefined || owner === undefined) throw new AppError('recovery-failed')
  const { signIn, tokens } = await signIns.start(owner.seat.uuid)
  const secrets = newSecrets(options, signIn)
  const player = await seats.recover(hash, secrets.kept, window)
  if (player === undefined) {
    await signIns.end(owner.seat.uuid, signIn, 'signed-out')
    throw new AppError('recovery-failed')
  }
  // After the sign-in began, so that of two devices with one key at the same moment at most one stays signed in.
  await signIns.endOthers(player.seat.uuid, signIn, 'seat-recovered')
  await wrongKey.refund(caller.limitKey)
  return { ...player, ...tokens, ...secrets.shown }
}

interface NewSecrets {
  readonly shown: Pick<SeatGrant, 'channelToken' | 'recoveryKey'>
  readonly kept: SeatSecrets
}

function newSecrets({ random, clock }: TablesOptions, signIn: SignInId): NewSecrets {
  const shown = { channelToken: random.uuid(), recoveryKey: createRecoveryKey(random) }
  const kept = {
    channelHash: hashSecret(shown.channelToken),
    channelIssuedAt: clock(),
    signIn,
    recoveryHash: hashSecret(shown.recoveryKey),
  }
  return { shown, kept }
}

interface Sitter {
  readonly sessionId: RoomId
  readonly role: SeatRole
  readonly name: Name
}

function newSeat(options: TablesOptions, { sessionId, role, name }: Sitter, caller: Caller): Seat {
  const uuid = parsePlayerUuid(options.random.uuid())
  if (uuid === undefined) throw new Error('A uuid must be a player uuid')
  const seat = { uuid, sessionId, role, ...name, createdAt: options.clock() }
  return caller.accountUuid === undefined ? seat : { ...seat, accountUuid: caller.accountUuid }
}

function newRoomId(random: Random): RoomId {
  const id = parseRoomId(random.uuid())
  if (id === undefined) throw new Error('A uuid must be a room id')
  return id
}

function toRoom({ id, name, language, edition }: Omit<Session, 'code'>, gm: Seat, seatsMax: number): NewRoom {
  return {
    id,
    type: 'tabletop',
    name,
    owner: gm.uuid,
    admission: 'seats',
    guests: false,
    ranked: false,
    listed: false,
    maxPlayers: seatsMax,
    options: { name, language, edition },
  }
}
