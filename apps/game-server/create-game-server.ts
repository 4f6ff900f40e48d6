import { join } from 'node:path'
import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { parseName } from '@innkeeper/names/names'
import { guestNames } from '@innkeeper/names/reserved-names'
import { AppError } from '@innkeeper/protocol/problems'
import { andThen, type Clock, type Log, orElse, type Random } from '@innkeeper/protocol/tools'
import { createRooms, type OpenRooms } from '@innkeeper/rooms/create-rooms'
import { roomsMigrations, type RoomTables } from '@innkeeper/rooms/migrations/rooms-migrations'
import type { Publish } from '@innkeeper/rooms/runtime/fan-out'
import type { Authenticate } from '@innkeeper/rooms/tickets/ticket-desk'
import { createSessions, type Sessions } from '@innkeeper/sessions/create-sessions'
import { seatMigrations } from '@innkeeper/sessions/migrations/seat-migrations'
import { createSqlSessionStores } from '@innkeeper/sessions/sql-session-stores'
import { migrate } from '@innkeeper/storage/migrations'
import type { Database } from '@innkeeper/storage/open-database'
import type { Families } from '@innkeeper/tokens/families/families'
import { familiesMigrations } from '@innkeeper/tokens/families/families-migrations'
import { createSqlFamilies } from '@innkeeper/tokens/families/sql-families'
import { createIdentityVerifier, type TrustedIssuer } from '@innkeeper/tokens/identity-tokens'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { createSessionTokens } from '@innkeeper/tokens/session-tokens'
import { memoryLimiter } from '@innkeeper/web-kit/attempt-limits'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import type { Origins } from '@innkeeper/web-kit/origins'
import { createRedisLimiters } from '@innkeeper/web-kit/redis-limiters'
import type { GameServerSettings } from './config'
import { createGuestLimit } from './guest-limit'
import { keptSecret } from './kept-secret'
import { createPorts } from './ports'
import { openRoomTypes, roomTypes } from './room-types'

export interface GameServerOptions {
  readonly settings: GameServerSettings
  readonly database: Database<unknown>
  readonly redis: RedisConnection | undefined
  readonly revocations: Revocations
  readonly issuers: readonly TrustedIssuer[]
  readonly origins: Origins
  /** Where clients reach this node (`http(s)://…`). */
  readonly url: string
  readonly publish: Publish
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Rooms and sessions, wired; nothing listens yet. */
export interface GameServer {
  readonly rooms: OpenRooms
  readonly sessions: Sessions
  /** Adds the routes of rooms, tickets and tables. */
  addRoutes(app: HttpApp): void
  drain(): Promise<void>
}

const ticketIssuer = 'innkeeper-rooms'
const sessionIssuer = 'innkeeper-sessions'

const minuteMs = 60 * 1_000
const hourMs = 60 * minuteMs
/** What ended stays in the history of sign-ins for this long. */
const historyMs = 90 * 24 * hourMs

/** Wires a game-server: ports, rooms, then sessions on top of them. */
export async function createGameServer(options: GameServerOptions): Promise<GameServer> {
  const { settings, database, redis, revocations, clock, random, log } = options
  await migrateGameServer(database)
  const ports = await createPorts({ ...options, database: database.withTables<RoomTables>() })
  const createLimiter = redis ? createRedisLimiters(redis) : memoryLimiter
  const proxies = settings.TRUST_PROXY ?? noTrustedProxies
  const { rooms, open } = createRooms({
    ...options,
    ports,
    types: roomTypes,
    openTypes: openRoomTypes,
    issuer: ticketIssuer,
    proxies,
    limits: {
      ...socketLimits(settings),
      guestTickets: createGuestLimit(createLimiter, settings.GUEST_TICKETS_PER_MINUTE),
    },
  })
  const authenticateIdentity = createAuthenticate(options)
  const signInParts = await createSignInParts(options)
  const sessions = createSessions({
    rooms,
    stores: createSqlSessionStores(database.withTables()),
    ...signInParts,
    revocations,
    verifyIdentity: authenticateIdentity,
    createLimiter,
    proxies,
    clock,
    random,
    log,
  })
  const authenticateAny = eitherOf(authenticateIdentity, (token) =>
    sessions.authenticator.authenticate(token),
  )
  const opened = open({ channelDoor: sessions.channelDoor, authenticateIdentity, authenticateAny })
  // Back from an outage, it may have forgotten who is here: say so before anyone can be in two rooms.
  redis?.onReady(() => {
    opened.gateway
      .heartbeat()
      .catch((error: unknown) => log.warn({ error }, 'Presence could not be said again'))
  })
  await ports.leases.heartbeat([])
  const stopHousekeeping = startHousekeeping({ families: signInParts.families, sessions, clock, log })
  return {
    rooms: opened,
    sessions,
    addRoutes(app) {
      opened.addRoutes(app)
      sessions.addRoutes(app)
    },
    async drain() {
      stopHousekeeping()
      await opened.drain()
      await ports.bus.close()
    },
  }
}

/** @returns how to stop it */
function startHousekeeping({
  families,
  sessions,
  clock,
  log,
}: Pick<GameServerOptions, 'clock' | 'log'> & {
  readonly families: Families
  readonly sessions: Sessions
}): () => void {
  const timers = [
    setInterval(() => {
      const purged = families.purge(clock() - historyMs)
      purged.catch((error: unknown) => log.error({ error }, 'Old sign-ins could not be dropped'))
    }, hourMs),
    setInterval(() => {
      sessions.tidy().catch((error: unknown) => log.error({ error }, 'Tables could not be tidied'))
    }, minuteMs),
  ]
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

async function migrateGameServer(database: Database<unknown>): Promise<void> {
  await migrate(database, 'families', familiesMigrations)
  await migrate(database, 'rooms', roomsMigrations)
  await migrate(database, 'seats', seatMigrations)
}

async function createSignInParts({ settings, database, clock, random }: GameServerOptions) {
  const secret =
    settings.JWT_SECRET_KEY ?? (await keptSecret(join(settings.DATA_DIR, 'session-secret'), random))
  const accessSeconds = settings.ACCESS_TOKEN_EXPIRE_MINUTES * 60
  const refreshSeconds = settings.REFRESH_TOKEN_EXPIRE_DAYS * 24 * 60 * 60
  return {
    accessSeconds,
    families: createSqlFamilies(database.withTables(), {
      realm: 'session',
      idleMs: refreshSeconds * 1_000,
      clock,
      random,
    }),
    tokens: createSessionTokens({
      secret,
      algorithm: settings.JWT_ALGORITHM,
      issuer: sessionIssuer,
      accessSeconds,
      refreshSeconds,
      clock,
      random,
    }),
  }
}

function socketLimits(settings: GameServerSettings) {
  const perSecond = settings.SOCKET_MESSAGES_PER_SECOND
  return {
    messageRate: { perSecond, burst: perSecond * 2 },
    sockets: settings.SOCKETS_MAX,
    socketsPerIp: settings.SOCKETS_PER_IP,
    enteringPerIp: settings.SOCKETS_ENTERING_PER_IP,
  }
}

/** Verifies identity tokens, and that neither they nor their player have been revoked since. */
function createAuthenticate({ issuers, revocations, clock, log }: GameServerOptions): Authenticate {
  const verifier = createIdentityVerifier({ issuers, clock, log })
  revocations.onRevoked(({ kind }) => {
    if (kind === 'keys') verifier.flushKeys()
  })
  const foreign = new Set(issuers.filter(({ claims }) => claims !== undefined).map(({ issuer }) => issuer))
  return (token) =>
    andThen(verifier.verify(token), ({ uuid, nick, sid, iat, iss }) => {
      if (revocations.isRevoked({ sid, uuid, iat })) throw new AppError('token-invalid')
      return { uuid, nick: foreign.has(iss) ? showableNick(nick, uuid) : nick, signIn: sid }
    })
}

/** Our own identity service has judged its nicks; another issuer may let people call themselves anything. */
function showableNick(nick: string, uuid: string): string {
  const judged = parseName(nick, { reserved: guestNames })
  return 'name' in judged ? judged.name : `Player ${uuid.replace(/[^0-9a-zA-Z]/g, '').slice(-6)}`
}

/** A token of the first family, else of the second: neither is looked into before it is verified. */
function eitherOf(first: Authenticate, second: Authenticate): Authenticate {
  return (token) =>
    orElse(
      () => first(token),
      (error) => {
        if (!(error instanceof AppError) || error.code !== 'token-invalid') throw error
        return second(token)
      },
    )
}
