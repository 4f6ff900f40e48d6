import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import { parsePlayerUuid, parseRoomId, type PlayerUuid, type RoomId } from '@innkeeper/protocol/ids'
import type { Clock } from '@innkeeper/protocol/tools'
import { requireName } from '@innkeeper/names/names'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Context } from 'hono'
import type { Directory } from '../directory/directory'
import type { KnownRoom } from '../room-record'
import type { Rooms } from '../rooms'
import type { Authenticate, Holder } from '../tickets/ticket-desk'
import { banBody, newRoomBody, playerBody, roomAnswer, roomListAnswer, rotateKeyBody } from './room-schemas'

export interface RoomRoutesOptions {
  readonly rooms: Rooms
  readonly directory: Directory
  /** Identity tokens alone: a seat or a guest owns no rooms. */
  readonly authenticate: Authenticate
  readonly clock: Clock
  /** Room types that POST /rooms may make; a table is made by POST /api/session. */
  readonly openTypes: readonly string[]
}

const security = [{ identityToken: [] }]
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const roomParams = z.object({ roomId: z.string().openapi({ param: { name: 'roomId', in: 'path' } }) })
const ownerProblems = problemAnswers('validation-failed', 'token-invalid', 'not-allowed', 'room-not-found')

const createRoomRoute = createRoute({
  method: 'post',
  path: '/rooms',
  tags: ['rooms'],
  summary: 'Opens a room',
  security,
  request: { body: { ...json(newRoomBody), required: true } },
  responses: {
    201: { description: 'The room', ...json(roomAnswer) },
    ...problemAnswers('validation-failed', 'name-refused', 'token-invalid', 'too-many'),
  },
})
const listRoute = createRoute({
  method: 'get',
  path: '/rooms',
  tags: ['rooms'],
  summary: 'Listed rooms, the newest first',
  request: {
    query: z.object({ type: z.string().max(64).optional(), cursor: z.string().max(200).optional() }),
  },
  responses: {
    200: { description: 'A page of rooms', ...json(roomListAnswer) },
    ...problemAnswers('validation-failed'),
  },
})
const findRoute = createRoute({
  method: 'get',
  path: '/rooms/{roomId}',
  tags: ['rooms'],
  summary: 'One room',
  request: { params: roomParams },
  responses: { 200: { description: 'The room', ...json(roomAnswer) }, ...problemAnswers('room-not-found') },
})
const closeRoute = createRoute({
  method: 'delete',
  path: '/rooms/{roomId}',
  tags: ['rooms'],
  summary: 'Ends a room; sockets close with 4404',
  security,
  request: { params: roomParams },
  responses: { 204: { description: 'Ended' }, ...ownerProblems },
})
const kickRoute = createRoute({
  method: 'post',
  path: '/rooms/{roomId}/kick',
  tags: ['rooms'],
  summary: 'Sends a player out; their tickets die, a new one can be had',
  security,
  request: { params: roomParams, body: { ...json(playerBody), required: true } },
  responses: { 204: { description: 'Done' }, ...ownerProblems },
})
const banRoute = createRoute({
  method: 'post',
  path: '/rooms/{roomId}/ban',
  tags: ['rooms'],
  summary: 'Sends a player out and keeps them out',
  security,
  request: { params: roomParams, body: { ...json(banBody), required: true } },
  responses: { 204: { description: 'Done' }, ...ownerProblems },
})
const rotateRoute = createRoute({
  method: 'post',
  path: '/rooms/{roomId}/rotate-key',
  tags: ['rooms'],
  summary: 'Gives the room a new key; tickets of the old one die',
  security,
  request: { params: roomParams, body: { ...json(rotateKeyBody), required: false } },
  responses: { 204: { description: 'Done' }, ...ownerProblems },
})

/** The routes under /rooms. */
export function addRoomRoutes(app: HttpApp, options: RoomRoutesOptions): void {
  const { rooms, directory, clock } = options
  app.openapi(createRoomRoute, async (context) => {
    const holder = await callerOf(context, options)
    const room = await createFor(options, holder, context.req.valid('json'))
    return context.json(toAnswer(room), 201)
  })
  app.openapi(listRoute, async (context) => {
    const { type, cursor } = context.req.valid('query')
    const query = {
      limit: limits.roomsPerPage,
      ...(type === undefined ? {} : { type }),
      ...(cursor === undefined ? {} : { cursor }),
    }
    const page = await directory.list(query)
    return context.json({ ...page, rooms: page.rooms.map(toAnswer) }, 200)
  })
  app.openapi(findRoute, async (context) => {
    return context.json(toAnswer(await findRoom(directory, context.req.valid('param').roomId)), 200)
  })
  app.openapi(closeRoute, async (context) => {
    await rooms.close(await ownRoom(context, options, context.req.valid('param').roomId))
    return context.body(null, 204)
  })
  app.openapi(kickRoute, async (context) => {
    const id = await ownRoom(context, options, context.req.valid('param').roomId)
    await rooms.kick(id, requirePlayer(context.req.valid('json').uuid))
    return context.body(null, 204)
  })
  app.openapi(banRoute, async (context) => {
    const id = await ownRoom(context, options, context.req.valid('param').roomId)
    const { uuid, minutes = limits.banMinutesMax } = context.req.valid('json')
    await rooms.ban(id, requirePlayer(uuid), clock() + minutes * 60_000)
    return context.body(null, 204)
  })
  app.openapi(rotateRoute, async (context) => {
    const id = await ownRoom(context, options, context.req.valid('param').roomId)
    await rooms.rotateKey(id, context.req.valid('json').graceSeconds * 1_000)
    return context.body(null, 204)
  })
}

async function createFor(
  { rooms, directory, openTypes }: RoomRoutesOptions,
  { uuid: owner }: Holder,
  body: z.output<typeof newRoomBody>,
): Promise<KnownRoom> {
  if (!openTypes.includes(body.type)) {
    throw new AppError('validation-failed', `type: expected one of ${openTypes.join(', ')}`)
  }
  const { name } = requireName(body.name, {
    minGraphemes: 1,
    maxGraphemes: limits.roomNameGraphemes,
    reserved: false,
  })
  if ((await directory.countOwned(owner)) >= limits.roomsPerOwner) {
    throw tooManyRooms()
  }
  const { type, guests, ranked, listed, maxPlayers, options = {} } = body
  const room = await rooms.create({
    type,
    name,
    owner,
    guests,
    ranked,
    listed,
    maxPlayers,
    options,
    admission: 'anyone',
  })
  // Many at once all saw a number below the limit; who finds too many now was one of them.
  if ((await directory.countOwned(owner)) <= limits.roomsPerOwner) return room
  await rooms.close(room.record.id)
  throw tooManyRooms()
}

function tooManyRooms(): AppError {
  return new AppError('too-many', `At most ${limits.roomsPerOwner} open rooms; end one first`)
}

/** The token of a room route: `tokenJwt`, or `Authorization: Bearer`. */
export function presentedToken({ headers }: Request): string | undefined {
  return headers.get('tokenjwt') ?? bearerToken(headers.get('authorization'))
}

async function callerOf(context: Context, { authenticate }: RoomRoutesOptions): Promise<Holder> {
  const token = presentedToken(context.req.raw)
  if (token === undefined) throw new AppError('token-invalid')
  return await authenticate(token)
}

async function ownRoom(context: Context, options: RoomRoutesOptions, id: string): Promise<RoomId> {
  const { uuid } = await callerOf(context, options)
  const { record } = await findRoom(options.directory, id)
  if (record.owner !== uuid) throw new AppError('not-allowed', 'Only the owner of the room may do this')
  return record.id
}

async function findRoom(directory: Directory, id: string): Promise<KnownRoom> {
  const roomId = parseRoomId(id)
  const room = roomId && (await directory.find(roomId))
  // A room of seats is nobody's business but theirs: its existence is not told.
  if (!room || room.record.admission === 'seats') throw new AppError('room-not-found')
  return room
}

function requirePlayer(uuid: string): PlayerUuid {
  const parsed = parsePlayerUuid(uuid)
  if (parsed === undefined) throw new AppError('validation-failed', 'uuid: expected the uuid of a player')
  return parsed
}

function toAnswer({ record, players }: KnownRoom): z.output<typeof roomAnswer> {
  const { id: roomId, type, name, owner, guests, ranked, listed, maxPlayers, createdAt } = record
  return { roomId, type, name, owner, guests, ranked, listed, maxPlayers, players, createdAt }
}
