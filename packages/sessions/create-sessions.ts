import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { Door } from '@innkeeper/rooms/gateway/door'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { Families } from '@innkeeper/tokens/families/families'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { SessionTokens } from '@innkeeper/tokens/session-tokens'
import type { CreateLimiter } from '@innkeeper/web-kit/attempt-limits'
import { noTrustedProxies, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { createChannelDoor } from './channel-door'
import { addDiceRoutes } from './http/dice-routes'
import { addSessionRoutes } from './http/session-routes'
import { addTableRoutes } from './http/table-routes'
import type { Seats } from './seats/seats'
import { createSessionAuthenticator, type SessionAuthenticator } from './session-authenticator'
import { createSessionLimits, defaultBudgets, type SessionBudgets } from './session-limits'
import { createSignIns } from './sign-ins'
import { createTables } from './tables'

/** What sessions stand on: their own seats, and what other packages provide. */
export interface SessionsOptions {
  readonly seats: Seats
  readonly rooms: Rooms
  /** Of realm `session`, with an idle time of the refresh tokens' life. */
  readonly families: Families
  readonly tokens: SessionTokens
  /** The life of the access tokens that `tokens` issues. */
  readonly accessSeconds: number
  readonly revocations: Revocations
  /** Judges the `tokenJwt` header, revocation included. @throws AppError `token-invalid` */
  readonly verifyIdentity: (token: string) => Promise<{ readonly uuid: PlayerUuid }>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly proxies?: TrustedProxies
  readonly budgets?: Partial<SessionBudgets>
  /** Where attempts are counted; absent, in this process. */
  readonly createLimiter?: CreateLimiter
  /** Seats of a table, its GM's among them; 24. */
  readonly seatsMax?: number
  /** How long a recovery key that was used may be used again; 10 minutes. */
  readonly recoveryGraceMs?: number
}

/** The REST of `/api`, and the two ways in that hang on a seat. */
export interface Sessions {
  addRoutes(app: HttpApp): void
  /** `/ws?token=` */
  readonly channelDoor: Door
  /** Access tokens as `POST /getTicket` takes them. */
  readonly authenticator: SessionAuthenticator
}

/** Puts a table's seats, their tokens and their routes together. */
export function createSessions(options: SessionsOptions): Sessions {
  const { seats, rooms, clock, random, log, proxies = noTrustedProxies, verifyIdentity } = options
  const limits = createSessionLimits({ ...defaultBudgets, ...options.budgets }, options.createLimiter)
  const { families, tokens, accessSeconds, revocations, seatsMax = 24, recoveryGraceMs = 600_000 } = options
  const refreshLimit = limits.refreshPerSignIn
  const signIns = createSignIns({ families, tokens, revocations, clock, log, accessSeconds, refreshLimit })
  const tables = createTables({
    seats,
    rooms,
    signIns,
    limits,
    clock,
    random,
    log,
    seatsMax,
    recoveryGraceMs,
  })
  const authenticator = createSessionAuthenticator({ seats, signIns, clock })

  return {
    addRoutes(app) {
      const { refreshPerIp } = limits
      app.openAPIRegistry.registerComponent('securitySchemes', 'accessToken', {
        type: 'http',
        scheme: 'bearer',
      })
      addSessionRoutes(app, { tables, signIns, rooms, authenticator, refreshPerIp, proxies, verifyIdentity })
      addDiceRoutes(app, { rooms, authenticator, random, rolls: limits.roll })
      addTableRoutes(app, { authenticator })
    },
    channelDoor: createChannelDoor({ seats, signIns }),
    authenticator,
  }
}
