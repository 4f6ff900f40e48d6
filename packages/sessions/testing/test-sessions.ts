import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase, type Database } from '@innkeeper/storage/open-database'
import { parsePlayerUuid, type NodeId, type PlayerUuid } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog, type Clock, type Log, type Random } from '@innkeeper/protocol/tools'
import { createMemoryNetwork } from '@innkeeper/rooms/bus/memory-bus'
import { createRooms } from '@innkeeper/rooms/create-rooms'
import { createMemoryDirectory } from '@innkeeper/rooms/directory/memory-directory'
import { createMemoryJournal } from '@innkeeper/rooms/journal/memory-journal'
import { createMemoryLeases } from '@innkeeper/rooms/leases/memory-leases'
import { createMemoryPresence } from '@innkeeper/rooms/presence/memory-presence'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { TicketDesk } from '@innkeeper/rooms/tickets/ticket-desk'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'
import { familiesMigrations, type FamilyTables } from '@innkeeper/tokens/families/families-migrations'
import { createSqlFamilies } from '@innkeeper/tokens/families/sql-families'
import { memoryRevocations } from '@innkeeper/tokens/revocations/memory-revocations'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { createSessionTokens } from '@innkeeper/tokens/session-tokens'
import { noTrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createHttpApp, type HttpApp } from '@innkeeper/web-kit/http-app'
import { createOrigins } from '@innkeeper/web-kit/origins'
import type { SessionBudgets } from '../session-limits'
import { createSessions, type Sessions } from '../create-sessions'
import { seatMigrations } from '../migrations/seat-migrations'
import type { SeatTables } from '../seats/seat-rows'
import type { SessionStores } from '../session-stores'
import { createSqlSessionStores } from '../sql-session-stores'

/** What a test may set; the rest is as a fresh start has it. */
export interface TestOptions {
  readonly budgets?: Partial<SessionBudgets>
  readonly seatsMax?: number
  readonly absoluteMs?: number
  readonly random?: Random
}

/** How to ask the REST. `ip`: the address of the peer. */
export interface Ask {
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly ip?: string
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // Answers are JSON of many shapes; a test that reads a wrong field fails by itself.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any
}

/** Sessions on a real database and real rooms, with a clock that the test moves. */
export interface SessionsUnderTest {
  readonly app: HttpApp
  readonly sessions: Sessions
  readonly stores: SessionStores
  readonly rooms: Rooms
  readonly desk: TicketDesk
  readonly revocations: Revocations
  readonly database: Database<unknown>
  now(): number
  advance(ms: number): void
  /** What rooms do every second. */
  tick(): Promise<void>
  ask(method: string, path: string, ask?: Ask): Promise<Answer>
  close(): Promise<void>
}

/** Random as a server has it. */
export const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
  below: (bound) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound,
}

/** An account, and its identity token. */
export const accountUuid = requireUuid('6f9619ff-8b86-4011-b42d-00cf4fc964ff')
export const accountToken = identityTokenOf(accountUuid)
/** The one origin whose pages may ask. */
export const origin = 'https://play.example'

/** Everything that sessions stand on, for one test. */
export async function testSessions(
  url: string,
  { random = systemRandom, seatsMax = 24, budgets = {}, absoluteMs = 90 * dayMs }: TestOptions = {},
): Promise<SessionsUnderTest> {
  const time = { now: 1_795_296_000_000 }
  const effects = { clock: () => time.now, random, log: silentLog }
  const database = await openDatabase<unknown>(url, silentLog)
  await migrate(database, 'families', familiesMigrations)
  await migrate(database, 'seats', seatMigrations)
  const revocations = memoryRevocations(effects)
  const { rooms, open } = testRooms(effects, revocations)
  const families = { realm: 'session', absoluteMs, ...effects } as const
  const stores = createSqlSessionStores(database.withTables<SeatTables>())
  const sessions = createSessions({
    ...effects,
    stores,
    rooms,
    families: createSqlFamilies(database.withTables<FamilyTables>(), families),
    tokens: createSessionTokens({ ...tokenOptions, ...effects }),
    accessSeconds: tokenOptions.accessSeconds,
    revocations,
    verifyIdentity,
    seatsMax,
    budgets,
  })
  const app = createHttpApp({ ...effects, origins: createOrigins([origin]) })
  sessions.addRoutes(app)
  const { authenticate } = sessions.authenticator
  const opened = open({
    channelDoor: sessions.channelDoor,
    authenticateIdentity: authenticate,
    authenticateAny: authenticate,
  })
  return {
    app,
    sessions,
    stores,
    rooms,
    desk: opened.desk,
    revocations,
    database,
    now: effects.clock,
    advance(ms) {
      time.now += ms
    },
    tick: () => opened.host.tick(),
    ask: (method, path, question) => ask(app, `${method} ${path}`, question),
    async close() {
      await opened.drain()
      await database.close()
    },
  }
}

const dayMs = 86_400_000
const tokenOptions = {
  secret: 'a secret for tests alone, 32 bytes or more',
  algorithm: 'HS256',
  issuer: 'https://play.example',
  accessSeconds: 1_800,
  refreshSeconds: 30 * 86_400,
} as const

interface Effects {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

function testRooms(effects: Effects, revocations: Revocations): ReturnType<typeof createRooms> {
  const nodeId = parseNodeId('node-1')
  return createRooms({
    ports: {
      directory: createMemoryDirectory(effects.clock),
      presence: createMemoryPresence({ clock: effects.clock, ttlMs: limits.presenceTtlMs }),
      leases: createMemoryLeases({ nodeId, url: 'http://127.0.0.1:7777' }),
      bus: createMemoryNetwork().join(nodeId),
      journal: createMemoryJournal(),
      revocations,
    },
    types: [tabletopRoom],
    openTypes: [],
    issuer: tokenOptions.issuer,
    origins: createOrigins([origin]),
    proxies: noTrustedProxies,
    limits: {
      messageRate: { perSecond: 50, burst: 100 },
      sockets: 100,
      socketsPerIp: 100,
      enteringPerIp: 100,
      guestTickets: () => Promise.resolve(),
    },
    publish: () => {},
    ...effects,
  })
}

/** @returns an identity token that the tests' verifier believes */
export function identityTokenOf(account: PlayerUuid): string {
  return `identity of ${account}.`
}

async function verifyIdentity(token: string): Promise<{ readonly uuid: PlayerUuid }> {
  const [, account] = /^identity of (.+)\.$/.exec(token) ?? []
  if (account === undefined) throw new AppError('token-invalid')
  return { uuid: requireUuid(account) }
}

async function ask(
  app: HttpApp,
  line: string,
  { body, token, headers, ip = '203.0.113.7' }: Ask = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(' ')
  const init = {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
  const response = await app.request(path, init, { requestIP: () => ({ address: ip }) })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  }
}

function requireUuid(text: string): PlayerUuid {
  const uuid = parsePlayerUuid(text)
  if (uuid === undefined) throw new Error(`${text} is no player uuid`)
  return uuid
}

function parseNodeId(text: string): NodeId {
  return text as NodeId
}
