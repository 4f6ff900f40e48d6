import { disambiguate } from '@innkeeper/names/guests'
import { requireName, type Name } from '@innkeeper/names/names'
import { seatNames } from '@innkeeper/names/reserved-names'
import { parsePlayerUuid, parseRoomId, type RoomId } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import { assertNever, type Log, type Random } from '@innkeeper/protocol/tools'
import type { NewRoom, Rooms } from '@innkeeper/rooms/rooms'
import { importCommands } from '@innkeeper/tabletop/exchange/import-table'
import type { TableDocument } from '@innkeeper/tabletop/exchange/document'
import { findTable } from './find-table'
import { grantSeat, type Caller, type GrantOptions, type SeatGrant } from './grants'
import { createJoinCode } from './join-code'
import type { Seat, SeatKeys, SeatRole, Seats, Session } from './seats/seats'
import type { TableBook } from './seats/table-book'
import type { SessionLimits } from './session-limits'
import type { TableSteward } from './table-steward'

/** What someone says who opens a table. */
export interface NewTable {
  readonly name: string
  readonly gmName: string
  readonly language: string
  readonly edition: string
  /** As usual where absent. */
  readonly houseRules?: TableDocument['session']['houseRules']
}

/** A table to bring in, and what its game master is called now: as in the document, where nothing is said. */
export interface TableToBring {
  readonly document: TableDocument
  readonly gmName: string | undefined
}

/** A table that was brought in. `uuids`: who the players of the document are there, in its order. */
export interface BroughtTable {
  readonly grant: SeatGrant
  readonly uuids: readonly string[]
}

/** Opening a table, and sitting down at one. */
export interface Tables {
  /** @throws AppError `name-refused` | `validation-failed` | `too-many` */
  open(table: NewTable, caller: Caller): Promise<SeatGrant>
  /**
   * Opens a table that is what a document says. Nothing stays of one that could not be brought in whole.
   *
   * @throws AppError as `open` does
   */
  bring(wish: TableToBring, caller: Caller): Promise<BroughtTable>
  /**
   * @param code  as typed
   * @throws AppError `session-not-found` | `name-taken` (extra `suggestion`) | `name-refused` | `already-seated` |
   *   `banned` | `not-joinable` | `room-full` | `too-many`
   */
  join(code: string, name: string, caller: Caller): Promise<SeatGrant>
}

/** What opening and joining tables stands on. */
export interface TablesOptions extends GrantOptions {
  readonly seats: Seats
  readonly book: TableBook
  readonly rooms: Rooms
  readonly steward: TableSteward
  readonly limits: SessionLimits
  readonly log: Log
  /** Seats of a table, its GM's among them. */
  readonly seatsMax: number
}

/** How a table may be called. */
export const tableName = { minGraphemes: 1, maxGraphemes: limits.roomNameGraphemes, reserved: false } as const

/** Opens tables and seats players, in an order that leaves nothing half done: a failure takes back what came before it. */
export function createTables(options: TablesOptions): Tables {
  return {
    open: (table, caller) => openTable(options, { table }, caller),
    bring: (wish, caller) => bringTable(options, wish, caller),
    join: (code, name, caller) => joinTable(options, { code, name }, caller),
  }
}

/** A new table, and what is done at it before anyone is told that it is there. */
interface TableToOpen {
  readonly table: NewTable
  readonly furnish?: (gm: Seat) => Promise<void>
}

async function openTable(
  options: TablesOptions,
  { table, furnish }: TableToOpen,
  caller: Caller,
): Promise<SeatGrant> {
  const { clock, random, rooms, seatsMax, log } = options
  await options.limits.create.consume(caller.limitKey)
  const { name } = requireName(table.name, tableName)
  const gmName = requireName(table.gmName, { reserved: seatNames })
  const { language, edition } = table
  const session = { id: newRoomId(random), name, language, edition, isJoinable: true, createdAt: clock() }
  const gm = newSeat(options, { sessionId: session.id, role: 'gm', name: gmName }, caller)
  await rooms.create(toRoom(session, { gm, seatsMax, houseRules: table.houseRules }))
  try {
    return await seatPlayer(options, { seat: gm, caller, ...(furnish ? { furnish } : {}) }, (keys) =>
      openSession(options, { session, gm, keys }),
    )
  } catch (error) {
    await options.book.close(session.id, clock())
    await rooms.close(session.id).catch((cause: unknown) => {
      log.error({ error: cause, room: session.id }, 'a table that could not be opened left its room behind')
    })
    throw error
  }
}

async function bringTable(
  options: TablesOptions,
  { document, gmName }: TableToBring,
  caller: Caller,
): Promise<BroughtTable> {
  const { steward, clock, random } = options
  const { session, players } = document
  const others = players.slice(1).map(() => random.uuid())
  const uuidsOf = (gm: Seat) => [gm.uuid, ...others]
  const table = { ...session, gmName: gmName ?? players[0]?.name ?? '' }
  const furnish = async (gm: Seat) => {
    for (const command of importCommands(document, { uuids: uuidsOf(gm), now: clock() }))
      await steward.tell(gm.sessionId, command, gm.uuid)
  }
  const grant = await openTable(options, { table, furnish }, caller)
  return { grant, uuids: uuidsOf(grant.seat) }
}

const codeTries = 5

interface Opening {
  readonly session: Omit<Session, 'code'>
  readonly gm: Seat
  readonly keys: SeatKeys
}

async function openSession(options: TablesOptions, { session, gm, keys }: Opening): Promise<Session> {
  const { seats, seatsMax, random } = options
  for (let tries = 1; tries <= codeTries; tries += 1) {
    const coded = { ...session, code: createJoinCode(random) }
    if ((await seats.open(coded, gm, { keys, seatsMax })) === 'opened') return coded
  }
  throw new Error(`No free join code in ${codeTries} tries`)
}

async function joinTable(
  options: TablesOptions,
  wish: { readonly code: string; readonly name: string },
  caller: Caller,
): Promise<SeatGrant> {
  await options.limits.join.consume(caller.limitKey)
  const session = await findTable(options, wish.code, caller.limitKey)
  const name = requireName(wish.name, { reserved: seatNames })
  const seat = newSeat(options, { sessionId: session.id, role: 'player', name }, caller)
  return await seatPlayer(options, { seat, caller }, async (keys) => {
    await takeSeat(options, seat, keys)
    return session
  })
}

async function takeSeat({ seats, seatsMax }: TablesOptions, seat: Seat, keys: SeatKeys): Promise<void> {
  const taking = await seats.take(seat, keys)
  switch (taking.kind) {
    case 'seated':
      return
    case 'name-taken':
      throw await nameTaken(seats, seat)
    case 'account-seated':
      throw new AppError('already-seated', undefined, { sessionId: seat.sessionId })
    case 'banned':
      throw new AppError('banned', 'Banned from this table', { until: taking.until })
    case 'not-joinable':
      throw new AppError('not-joinable')
    case 'full':
      throw new AppError('room-full', `Seats: ${seatsMax} of ${seatsMax}`)
    case 'closed':
      throw new AppError('session-not-found')
    default:
      assertNever(taking)
  }
}

/** @returns the problem of a name that somebody at the table has, with one that is free */
export async function nameTaken(
  seats: Seats,
  { sessionId, name }: Pick<Seat, 'sessionId' | 'name'>,
): Promise<AppError> {
  const taken = new Set((await seats.list(sessionId)).map(({ skeleton }) => skeleton))
  const suggestion = disambiguate(name, taken)
  return new AppError('name-taken', 'Someone at this table has this name', { suggestion })
}

interface Sitting extends Partial<Pick<TableToOpen, 'furnish'>> {
  readonly seat: Seat
  readonly caller: Caller
}

/** A new seat with its sign-in, known to its room. Nothing stays of one that the room or the table refused. */
async function seatPlayer(
  options: TablesOptions,
  { seat, caller, furnish }: Sitting,
  place: (keys: SeatKeys) => Promise<Session>,
): Promise<SeatGrant> {
  const { seats, rooms } = options
  return await grantSeat(options, { uuid: seat.uuid, device: caller.device }, async (keys) => {
    try {
      const session = await place(keys)
      await rooms.admit(session.id, { uuid: seat.uuid, nick: seat.name, role: seat.role })
      await furnish?.(seat)
      return { seat, session }
    } catch (error) {
      await seats.remove(seat.uuid)
      throw error
    }
  })
}

interface Sitter {
  readonly sessionId: RoomId
  readonly role: SeatRole
  readonly name: Name
}

function newSeat(options: TablesOptions, { sessionId, role, name }: Sitter, caller: Caller): Seat {
  const uuid = parsePlayerUuid(options.random.uuid())
  if (uuid === undefined) throw new Error('A uuid must be a player uuid')
  const now = options.clock()
  const seat = { uuid, sessionId, role, ...name, createdAt: now, playedAt: now }
  return caller.accountUuid === undefined ? seat : { ...seat, accountUuid: caller.accountUuid }
}

function newRoomId(random: Random): RoomId {
  const id = parseRoomId(random.uuid())
  if (id === undefined) throw new Error('A uuid must be a room id')
  return id
}

interface RoomSettings extends Pick<TablesOptions, 'seatsMax'> {
  readonly gm: Seat
  readonly houseRules: NewTable['houseRules']
}

function toRoom(
  { id, name, language, edition }: Omit<Session, 'code'>,
  { gm, seatsMax, houseRules }: RoomSettings,
): NewRoom {
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
    options: { name, language, edition, ...(houseRules ? { houseRules } : {}) },
  }
}
