import { listen, serve } from '@innkeeper/game-server/serve'
import { createTraffic } from '@innkeeper/game-server/traffic'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import {
  parsePlayerUuid,
  type NodeId,
  type PlayerUuid,
  type RoomId,
  type SignInId,
} from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import { createMemoryNetwork } from '@innkeeper/rooms/bus/memory-bus'
import { createRooms, type OpenRooms, type RoomPorts } from '@innkeeper/rooms/create-rooms'
import { createMemoryDirectory } from '@innkeeper/rooms/directory/memory-directory'
import { createMemoryJournal } from '@innkeeper/rooms/journal/memory-journal'
import { createMemoryLeases } from '@innkeeper/rooms/leases/memory-leases'
import { createMemoryPresence } from '@innkeeper/rooms/presence/memory-presence'
import type { KnownRoom } from '@innkeeper/rooms/room-record'
import type { Recorded, RoomEvent, RoomType } from '@innkeeper/rooms/room-type'
import type { NewRoom, Rooms } from '@innkeeper/rooms/rooms'
import { memoryRevocations } from '@innkeeper/tokens/revocations/memory-revocations'
import { parseTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createHttpApp } from '@innkeeper/web-kit/http-app'
import { createOrigins } from '@innkeeper/web-kit/origins'
import { createFrontDesk, unique, type FrontDesk } from '../support/front-desk'
import { createTestLog, type TestLog } from '../support/test-log'

/** Rooms of any type behind a real server, without accounts: the token of one is its uuid. */
export interface RoomNode extends FrontDesk {
  readonly rooms: Rooms
  readonly opened: OpenRooms
  readonly log: TestLog
  /** A room that guests may enter. */
  create(type: RoomType, changes?: Partial<NewRoom>): Promise<KnownRoom>
  /** Lets everything go; sockets are closed with 4503. May be called twice. */
  stop(): Promise<void>
}

export interface RoomNodeOptions {
  readonly types: readonly RoomType[]
  /** Instead of those in memory. */
  readonly ports?: Partial<RoomPorts>
}

/** Starts a node on ports in memory, or on those given: what no setting of the real server can bring about. */
export function startRoomNode({ types, ports = {} }: RoomNodeOptions): RoomNode {
  const server = listen({ PORT: 0, HOST: '127.0.0.1' })
  const url = `http://127.0.0.1:${server.port ?? 0}`
  const [clock, random, log] = [Date.now, systemRandom, createTestLog(`room-node-${unique()}`)]
  const proxies = parseTrustedProxies('loopback') ?? { trusts: () => false }
  const origins = createOrigins([url])
  const { rooms, open } = createRooms({
    ...{ types, proxies, origins, clock, random, log },
    ports: { ...memoryPorts(url, log), ...ports },
    openTypes: types.map(({ name }) => name),
    issuer: 'room-node',
    limits: { ...roomy, guestTickets: () => Promise.resolve() },
    publish: (topic, text) => void server.publish(topic, text),
  })
  const opened = open({ channelDoor, authenticateIdentity, authenticateAny: authenticateIdentity })
  const app = createHttpApp({ log, random, origins })
  opened.addRoutes(app)
  serve(server, { app, gateway: opened.gateway, proxies, random, log, traffic: createTraffic() })
  const stop = async () => {
    await opened.drain()
    await server.stop(true)
  }
  let stopped: Promise<void> | undefined
  return {
    ...createFrontDesk(url),
    ...{ rooms, opened, log },
    create: (type, changes = {}) => rooms.create({ ...openRoom(type), ...changes }),
    stop: () => (stopped ??= stop()),
  }
}

const roomy = {
  messageRate: { perSecond: 1_000_000, burst: 1_000_000 },
  sockets: 10_000,
  socketsPerIp: 10_000,
  enteringPerIp: 10_000,
}

function memoryPorts(url: string, log: TestLog): RoomPorts {
  const nodeId = parseNodeId(crypto.randomUUID())
  return {
    directory: createMemoryDirectory(Date.now),
    presence: createMemoryPresence({ clock: Date.now, ttlMs: 45_000 }),
    leases: createMemoryLeases({ nodeId, url }),
    bus: createMemoryNetwork(log).join(nodeId),
    journal: createMemoryJournal(),
    revocations: memoryRevocations({ clock: Date.now, log }),
  }
}

function openRoom({ name: type }: RoomType): NewRoom {
  const owner = parseUuid('the-owner')
  const access = { admission: 'anyone', guests: true, ranked: false, listed: true } as const
  return { type, name: 'A room', owner, ...access, maxPlayers: 100, options: {} }
}

const channelDoor = { open: () => Promise.resolve({ turned: 4401, problem: 'token-invalid' } as const) }

async function authenticateIdentity(token: string) {
  const uuid = parsePlayerUuid(token)
  if (uuid === undefined) throw new AppError('token-invalid')
  return await Promise.resolve({ uuid, nick: token.slice(0, 20), signIn: token as SignInId })
}

function parseUuid(text: string): PlayerUuid {
  const uuid = parsePlayerUuid(text)
  if (uuid === undefined) throw new Error(`${text} is no player's uuid`)
  return uuid
}

function parseNodeId(uuid: string): NodeId {
  return uuid as NodeId
}

/** Its state is the list of what was told. */
export type Told = RoomType<readonly unknown[]>

/** What is told stands in the state, for all to see. Any payload will do. */
export function tellingRoom(changes: Partial<Told> = {}): RoomType {
  const type: Told = {
    name: 'telling',
    journal: 'durable',
    roles: ['player'],
    finestAudience: 'everyone',
    maxPayloadBytes: 1_024,
    parseOptions: (options) => ({ options }),
    parseCommand: (_name, command) => ({ command }),
    open: () => [],
    admit: () => ({ role: 'player', events: [] }),
    decide: (...[, , payload]) => ({ events: [{ name: 'told', payload }] }),
    evolve: (state, { payload }: Recorded<RoomEvent>) => [...state, payload],
    view: (state) => state,
    viewEvent: (event) => event,
    audienceOf: () => 'everyone',
    ...changes,
  }
  return type
}

/** A guest who is inside. */
export async function joinAsGuest(node: FrontDesk, roomId: RoomId | string, query = '') {
  const { ticket, player } = await node.guest(roomId)
  return { ticket, player, socket: await node.join(roomId, ticket, { query }) }
}
