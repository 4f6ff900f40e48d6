import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Clock, Log, Random, Soon } from '@innkeeper/protocol/tools'
import type { Door } from '@innkeeper/rooms/gateway/door'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { Families } from '@innkeeper/tokens/families/families'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { SessionTokens } from '@innkeeper/tokens/session-tokens'
import type { CreateLimiter } from '@innkeeper/web-kit/attempt-limits'
import { noTrustedProxies, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { createAccountTables, type AccountTables } from './accounts/account-tables'
import { createChannelDoor } from './channel-door'
import { createClaims } from './claims/claims'
import { createDevices } from './devices/devices'
import { createRecovery } from './devices/recovery'
import { createSeatTools } from './gm/seat-tools'
import { createTableTools } from './gm/table-tools'
import { addAccountRoutes } from './http/account-routes'
import { addClaimRoutes } from './http/claim-routes'
import { addDeviceRoutes } from './http/device-routes'
import { addDiceRoutes } from './http/dice-routes'
import { addBringRoutes } from './http/game/bring-routes'
import { addCharacterRoutes } from './http/game/character-routes'
import { addCombatRoutes } from './http/game/combat-routes'
import { addFairnessRoutes } from './http/game/fairness-routes'
import { addKeepRoutes } from './http/game/keep-routes'
import { addLogRoutes } from './http/game/log-routes'
import { addMonsterRoutes } from './http/game/monster-routes'
import { addViewRoutes } from './http/game/view-routes'
import { createPlay } from './http/game/play'
import { registerTableSchemas } from './http/game/table-schema'
import { addLeadRoutes } from './http/lead-routes'
import { addPlayerRoutes } from './http/player-routes'
import { addSessionRoutes } from './http/session-routes'
import { addWatchRoutes } from './http/watch-routes'
import { createSessionAuthenticator, type SessionAuthenticator } from './session-authenticator'
import { createSessionLimits, defaultBudgets, type SessionBudgets } from './session-limits'
import type { SessionStores } from './session-stores'
import { createSignIns } from './sign-ins'
import { createTableSteward } from './table-steward'
import { createTables } from './tables'

/** What sessions stand on: their own stores, and what other packages provide. */
export interface SessionsOptions {
  readonly stores: SessionStores
  readonly rooms: Rooms
  /** Of realm `session`, with an idle time of the refresh tokens' life. */
  readonly families: Families
  readonly tokens: SessionTokens
  /** The life of the access tokens that `tokens` issues. */
  readonly accessSeconds: number
  /** A revoked player is an account that was deleted: its seats are unlinked. */
  readonly revocations: Revocations
  /** Judges identity tokens, revocation included. @throws AppError `token-invalid` */
  readonly verifyIdentity: (token: string) => Soon<{ readonly uuid: PlayerUuid }>
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
  /** Ends what has run out, and what a server that died has left half done. Call it about once a minute. */
  tidy(): Promise<void>
}

/** Puts a table's seats, their tokens and their routes together. */
export function createSessions(options: SessionsOptions): Sessions {
  const { stores, rooms, clock, random, revocations, log } = options
  const { proxies = noTrustedProxies, verifyIdentity } = options
  const parts = createParts(options)
  const { authenticator, signIns, limits } = parts
  const accountTables = createAccountTables(parts)
  const claims = createClaims(parts)
  const devices = createDevices(parts)
  const recovery = createRecovery(parts)
  const seatTools = createSeatTools(parts)
  const tableTools = createTableTools(parts)
  const tables = createTables(parts)
  unlinkDeleted(accountTables, { revocations, log })

  return {
    addRoutes(app) {
      const { refreshPerIp } = limits
      app.openAPIRegistry.registerComponent('securitySchemes', 'accessToken', {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token of a seat. It says who somebody is at one table.',
      })
      registerTableSchemas(app)
      const common = { authenticator, proxies, verifyIdentity }
      const { seats } = stores
      addSessionRoutes(app, { ...common, tables, recovery, signIns, seats, rooms, refreshPerIp })
      addWatchRoutes(app, { ...parts, proxies })
      addLeadRoutes(app, { ...common, tableTools })
      addDeviceRoutes(app, { ...common, devices, recovery })
      addClaimRoutes(app, { ...common, claims })
      addPlayerRoutes(app, { ...common, seatTools })
      addAccountRoutes(app, { ...common, accountTables })
      const game = { play: createPlay({ rooms, random }), authenticator }
      addDiceRoutes(app, { ...game, rolls: limits.roll })
      addFairnessRoutes(app, game)
      addLogRoutes(app, game)
      addKeepRoutes(app, { ...game, keeps: limits.keep })
      addBringRoutes(app, { ...common, tables, brings: limits.bring })
      addViewRoutes(app, game)
      addCharacterRoutes(app, game)
      addCombatRoutes(app, game)
      addMonsterRoutes(app)
    },
    channelDoor: createChannelDoor({ seats: stores.seats, signIns, clock }),
    authenticator,
    async tidy() {
      await claims.expire()
      await tableTools.tidy()
      await stores.pairingCodes.purge(clock())
      await stores.seats.dropOldChannels(clock())
    },
  }
}

/** What the services share. */
function createParts(options: SessionsOptions) {
  const { stores, rooms, clock, random, log, families, tokens, accessSeconds, revocations } = options
  const { seatsMax = 24, recoveryGraceMs = 600_000 } = options
  const limits = createSessionLimits({ ...defaultBudgets, ...options.budgets }, options.createLimiter)
  const refreshLimit = limits.refreshPerSignIn
  const signIns = createSignIns({ families, tokens, revocations, clock, log, accessSeconds, refreshLimit })
  const authenticator = createSessionAuthenticator({ seats: stores.seats, signIns, clock })
  const steward = createTableSteward({ rooms, random })
  const settings = { seatsMax, recoveryGraceMs }
  return { ...stores, ...settings, rooms, steward, signIns, authenticator, limits, clock, random, log }
}

/** Nothing of a deleted account stays with its seats; they are whoever's who holds their keys. */
function unlinkDeleted(
  accountTables: AccountTables,
  { revocations, log }: { readonly revocations: Revocations; readonly log: Log },
): void {
  revocations.onRevoked((revocation) => {
    if (revocation.kind !== 'player') return
    accountTables.forget(revocation.uuid).catch((error: unknown) => {
      log.error({ error }, 'The seats of a deleted account are linked still')
    })
  })
}
