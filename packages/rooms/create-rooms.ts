import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { TrustedProxies } from '@innkeeper/web-kit/client-ip'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import type { Origins } from '@innkeeper/web-kit/origins'
import type { Bus } from './bus/bus'
import type { Directory } from './directory/directory'
import type { Door } from './gateway/door'
import { Gateway, type GatewayLimits } from './gateway/gateway'
import { createRelay } from './gateway/relay'
import { createTicketDoor } from './gateway/ticket-door'
import { addRoomRoutes } from './http/room-routes'
import { addTicketRoute } from './http/ticket-route'
import type { Journal } from './journal/journal'
import type { Leases } from './leases/leases'
import { createIncumbents } from './presence/incumbents'
import type { Presence } from './presence/presence'
import type { RoomType } from './room-type'
import type { Rooms } from './rooms'
import type { Publish } from './runtime/fan-out'
import { RoomHost } from './runtime/room-host'
import { answerCall, createRoomsService } from './runtime/rooms-service'
import { startUpkeep } from './runtime/upkeep'
import { createTicketDesk, type Authenticate, type TicketDesk } from './tickets/ticket-desk'

/** The ports that a deployment chooses: memory on one node, Redis and SQL on many. */
export interface RoomPorts {
  readonly directory: Directory
  readonly presence: Presence
  readonly leases: Leases
  readonly bus: Bus
  readonly journal: Journal
  readonly revocations: Revocations
}

export interface RoomsOptions {
  readonly ports: RoomPorts
  readonly types: readonly RoomType[]
  /** Types that POST /rooms may make. */
  readonly openTypes: readonly string[]
  /** `iss` of tickets: the same on every node. */
  readonly issuer: string
  readonly origins: Origins
  readonly proxies: TrustedProxies
  readonly limits: GatewayLimits & { readonly guestTickets: (ip: string) => Promise<void> }
  readonly publish: Publish
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What the rest of the game-server brings, once it stands: it needs `rooms` for that. */
export interface Neighbours {
  /** `/ws?token=`. */
  readonly channelDoor: Door
  readonly authenticateIdentity: Authenticate
  /** Identity tokens and session access tokens. */
  readonly authenticateAny: Authenticate
}

export interface OpenRooms {
  readonly host: RoomHost
  readonly gateway: Gateway
  readonly desk: TicketDesk
  addRoutes(app: HttpApp): void
  /** Tells everyone to come back elsewhere, writes what is decided and lets go of everything. */
  drain(): Promise<void>
}

/** Puts the heart together, in the order in which a player meets it: directory, tickets, gateway, runtime, presence. */
export function createRooms(options: RoomsOptions): {
  readonly rooms: Rooms
  readonly open: (neighbours: Neighbours) => OpenRooms
} {
  const { ports, types, issuer, clock, random, log, publish } = options
  const host = new RoomHost({ ...ports, types, clock, random, log, publish })
  const rooms = createRoomsService({ ...ports, host, issuer, clock, random })
  return { rooms, open: (neighbours) => openRooms(options, { host, rooms }, neighbours) }
}

function openRooms(
  options: RoomsOptions,
  { host, rooms }: { host: RoomHost; rooms: Rooms },
  neighbours: Neighbours,
): OpenRooms {
  const { ports, issuer, clock, random, log } = options
  const { directory, bus } = ports
  const ticketDoor = createTicketDoor({ directory, issuer, clock })
  const sockets = {
    probe: (id: Parameters<Gateway['probe']>[0]) => gateway.probe(id),
    dismiss: (...args: Parameters<Gateway['dismiss']>) => gateway.dismiss(...args),
  }
  const incumbents = createIncumbents(bus, sockets)
  const desk = createTicketDesk({
    ...ports,
    incumbents,
    issuer,
    clock,
    random,
    sizeHere: (id) => host.here(id)?.size,
  })
  const doors = { ticket: ticketDoor, channel: neighbours.channelDoor }
  const gateway = new Gateway({
    ...options,
    ...ports,
    host,
    doors,
    ticketDoor,
    desk,
    relay: createRelay({ log, random }),
  })
  gateway.useIncumbents(incumbents)
  listen(bus, gateway, host)
  const upkeep = startUpkeep({ gateway, host, directory, log })
  return {
    host,
    gateway,
    desk,
    addRoutes(app) {
      const { openTypes, proxies, limits } = options
      addRoomRoutes(app, {
        rooms,
        directory,
        clock,
        openTypes,
        authenticate: neighbours.authenticateIdentity,
      })
      addTicketRoute(app, {
        desk,
        proxies,
        authenticate: neighbours.authenticateAny,
        limit: limits.guestTickets,
      })
    },
    drain: () => drain({ gateway, host, upkeep }),
  }
}

/** Each step of a drain may take this long; what is not done then lapses by itself. */
const drainStepMs = 1_200

async function drain(parts: {
  readonly gateway: Gateway
  readonly host: RoomHost
  readonly upkeep: ReturnType<typeof startUpkeep>
}): Promise<void> {
  const { gateway, host, upkeep } = parts
  gateway.announceDrain(500)
  await withinMs(upkeep.stop(), drainStepMs)
  try {
    await withinMs(host.retire(), drainStepMs)
  } finally {
    await withinMs(gateway.closeAll(), drainStepMs)
  }
}

async function withinMs(work: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, timeUp]).finally(() => clearTimeout(timer))
}

function listen(bus: Bus, gateway: Gateway, host: RoomHost): void {
  bus.receive(async (message) => {
    switch (message.kind) {
      case 'probe':
        return await gateway.probe(message.connectionId)
      case 'dismiss':
        return gateway.dismiss(message.connectionId, message.reason)
      case 'exclude':
        gateway.exclude(message.roomId, message.uuid, message.reason)
        return true
      case 'close-room':
        await host.release(message.roomId, 'closed')
        return true
      case 'call':
        return await answerCall(host.here(message.roomId), message.call)
    }
  })
}
