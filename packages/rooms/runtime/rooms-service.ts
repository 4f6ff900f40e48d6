import { AppError, type ProblemCode } from '@innkeeper/protocol/problems'
import { parseRoomId, type PlayerUuid, type RoomId } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import type { Random } from '@innkeeper/protocol/tools'
import { createRoomKey } from '@innkeeper/tokens/ticket-tokens'
import type { Bus, RoomCall } from '../bus/bus'
import type { Journal } from '../journal/journal'
import { readHistory, type Horizon } from '../journal/read-history'
import { isRefusal, type Recorded, type RoomEvent, type Viewer } from '../room-type'
import type { KnownRoom, RingKey, RoomRecord } from '../room-record'
import type { HistoryPage, HistoryWish, NewRoom, Rooms, RoomView } from '../rooms'
import { watcherTicket, type WatcherTicketOptions } from '../tickets/watcher-ticket'
import { toAppError } from './refusal'
import type { Room } from './room'
import type { RoomHost } from './room-host'

export interface RoomsServiceOptions extends WatcherTicketOptions {
  readonly host: RoomHost
  readonly bus: Bus
  readonly journal: Journal
}

/** A command waits for a commit at most; a node that needs longer is in trouble. */
const callTimeoutMs = 5_000

/** Rooms by their id, for whoever stands beside the gateway. */
export function createRoomsService(options: RoomsServiceOptions): Rooms {
  const { directory, bus, clock } = options
  const exclude = async (id: RoomId, uuid: PlayerUuid, bannedUntil: number | undefined): Promise<void> => {
    const ban = bannedUntil === undefined ? {} : { bannedUntil }
    await directory.exclude(id, uuid, { ticketsAfter: clock(), ...ban })
    await bus.tell('all', {
      kind: 'exclude',
      roomId: id,
      uuid,
      reason: bannedUntil === undefined ? 'kicked' : 'banned',
    })
  }
  return {
    create: (room) => createRoom(options, room),
    find: (id) => directory.find(id),
    admit: (id, player) => call<Viewer>(options, id, { op: 'admit', player }),
    execute: (id, by, command) =>
      call<readonly Recorded<RoomEvent>[]>(options, id, { op: 'execute', by, command }),
    view: (id, viewer) => call<RoomView>(options, id, { op: 'view', viewer }),
    history: (id, viewer, wish) => history(options, { id, viewer }, wish),
    ticketToWatch: (id) => watcherTicket(options, id),
    kick: (id, uuid) => exclude(id, uuid, undefined),
    ban: (id, uuid, untilMs) => exclude(id, uuid, untilMs),
    setOwner: (id, owner) => directory.setOwner(id, owner),
    rotateKey: (id, graceMs) => rotateKey(options, id, graceMs),
    async close(id) {
      await directory.remove(id)
      await bus.tell('all', { kind: 'close-room', roomId: id })
      await options.journal.remove(id)
    },
  }
}

async function createRoom(
  { host, directory, clock, random }: RoomsServiceOptions,
  room: NewRoom,
): Promise<KnownRoom> {
  const type = host.typeOf(room.type)
  if (!type) throw new AppError('validation-failed', `There is no room type ${JSON.stringify(room.type)}`)
  const parsed = type.parseOptions(room.options)
  if (isRefusal(parsed)) throw toAppError(parsed)
  // What the type made of them, not what was sent: it may have ignored any amount of it.
  const options = parsed.options
  if (JSON.stringify(options ?? null).length > limits.roomOptionsChars)
    throw new AppError('too-large', 'These options are too large')
  const record: RoomRecord = { ...room, options, id: room.id ?? newRoomId(random), createdAt: clock() }
  const keys = [createRoomKey(record.id, 1, random)]
  await directory.create(record, keys)
  // Opened by its creator's node, so that a room that nobody ever enters is put away like any other.
  await host.find(record.id)
  return { record, keys, players: 0 }
}

function newRoomId(random: Random): RoomId {
  const id = parseRoomId(random.uuid())
  if (id === undefined) throw new Error('A UUID is a room id')
  return id
}

/** The room says what may be seen; the journal is read here, wherever the room is. */
async function history(
  options: RoomsServiceOptions,
  { id, viewer }: { readonly id: RoomId; readonly viewer: Viewer },
  wish: HistoryWish,
): Promise<HistoryPage> {
  const horizon = await call<Horizon>(options, id, { op: 'horizon', viewer })
  const type = options.host.typeOf(horizon.type)
  if (!type) throw new Error(`Room ${id} is of type ${horizon.type}, which this server does not know`)
  return await readHistory({ journal: options.journal, roomId: id, type, horizon }, wish)
}

/** Runs a call on the room, here or on the node that holds it. */
async function call<Result>(
  { host, bus }: RoomsServiceOptions,
  id: RoomId,
  roomCall: RoomCall,
): Promise<Result> {
  const where = await host.find(id)
  if ('room' in where) return parseResult<Result>(await answerCall(where.room, roomCall))
  const { nodeId } = where.elsewhere
  const answer = await bus.ask(nodeId, { kind: 'call', roomId: id, call: roomCall }, callTimeoutMs)
  if (answer === undefined)
    throw new AppError('unavailable', 'The room does not answer', { retryAfterSeconds: 1 })
  return parseResult<Result>(answer)
}

/** Answers a call for a room that is here: its result, or the problem that it met. */
export async function answerCall(room: Room | undefined, roomCall: RoomCall): Promise<CallAnswer> {
  if (!room)
    return { problem: 'unavailable', detail: 'The room has just moved', extras: { retryAfterSeconds: 1 } }
  try {
    return { result: await perform(room, roomCall) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { problem: error.code, detail: error.detail, extras: error.extras }
  }
}

type CallAnswer =
  | { readonly result: unknown }
  | {
      readonly problem: ProblemCode
      readonly detail: string
      readonly extras: Readonly<Record<string, unknown>>
    }

async function perform(room: Room, roomCall: RoomCall): Promise<unknown> {
  switch (roomCall.op) {
    case 'admit':
      return await room.admit(roomCall.player)
    case 'execute':
      return await room.execute(roomCall.by, roomCall.command)
    case 'view':
      return room.view(roomCall.viewer)
    case 'horizon':
      return room.horizonOf(roomCall.viewer)
  }
}

/** Reads what `answerCall` said, on this node or another. */
function parseResult<Result>(answer: unknown): Result {
  const said = answer as CallAnswer
  if ('problem' in said) throw new AppError(said.problem, said.detail, said.extras)
  return said.result as Result
}

async function rotateKey(
  { directory, clock, random }: RoomsServiceOptions,
  id: RoomId,
  graceMs: number,
): Promise<void> {
  const room = await directory.find(id)
  if (!room) throw new AppError('room-not-found')
  const acceptUntil = clock() + graceMs
  const generation = 1 + Math.max(...room.keys.map(({ kid }) => Number(kid.slice(kid.lastIndexOf('.') + 1))))
  const old: RingKey[] = room.keys
    .map((key) => ({ ...key, acceptUntil: Math.min(key.acceptUntil ?? acceptUntil, acceptUntil) }))
    .filter((key) => key.acceptUntil > clock())
  await directory.setKeys(id, [createRoomKey(id, generation, random), ...old])
}
