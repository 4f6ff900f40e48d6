import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { Families } from '@innkeeper/tokens/families/families'
import {
  createIdentityTokenIssuer,
  createIdentityVerifier,
  type IdentityVerifier,
} from '@innkeeper/tokens/identity-tokens'
import type { KeySource } from '@innkeeper/tokens/key-sets/key-source'
import { localKeySource } from '@innkeeper/tokens/key-sets/local-key-source'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { createSessionTokens } from '@innkeeper/tokens/session-tokens'
import type { CreateLimiter } from '@innkeeper/web-kit/attempt-limits'
import { noTrustedProxies, type TrustedProxies } from '@innkeeper/web-kit/client-ip'
import { createHttpApp, type HttpApp } from '@innkeeper/web-kit/http-app'
import type { Origins } from '@innkeeper/web-kit/origins'
import { registerIdentityToken } from '@innkeeper/web-kit/security-schemes'
import type { Accounts } from './accounts/accounts'
import type { SeatsOf } from './accounts/linked-seat'
import { createIdentityAttempts } from './accounts/identity-attempts'
import { createCredentials } from './accounts/credentials'
import { createPasswordHasher, type PasswordHasher } from './accounts/password-hasher'
import { addAccountRoutes } from './http/account-routes'
import { addKeyRoutes } from './http/key-routes'
import { addSignInRoutes } from './http/sign-in-routes'
import { identityLimits } from './identity-limits'
import { createFileKeyStore } from './keys/file-key-store'
import { openKeyRing, type KeyRing, type KeyRingOptions } from './keys/key-ring'
import { createSignIns } from './sign-ins/sign-ins'

/** What an operator may set. */
export interface IdentitySettings {
  /** `iss` of every token: the address under which this service is known. */
  readonly issuer: string
  /** `aud` of identity tokens: who they are meant for. */
  readonly audience: string
  readonly origins?: Origins
  readonly proxies?: TrustedProxies
}

/** Settings, effects, and what the service shares with others. Attempts are counted in memory unless `createLimiter` is given. */
export interface IdentityOptions {
  readonly keysDir: string
  readonly settings: IdentitySettings
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly revocations: Revocations
  readonly createLimiter?: CreateLimiter
  readonly hasher?: PasswordHasher
  readonly keyRing?: Pick<KeyRingOptions, 'policy' | 'refreshMs'>
  /** For the export of an account, where tables share the process. */
  readonly seatsOf?: SeatsOf
}

/** Where accounts and sign-ins are kept. */
export interface IdentityStores {
  readonly accounts: Accounts
  readonly families: Families
}

/** A running identity service. */
export interface Identity {
  /** The routes; serve `app.fetch`, or mount it. */
  readonly app: HttpApp
  readonly issuer: string
  readonly audience: string
  /** The public keys, for a verifier in the same process. */
  readonly keySource: KeySource
  readonly verifier: IdentityVerifier
  readonly keyRing: KeyRing
  close(): void
}

const hour = 60 * 60 * 1000
const refreshSeconds = 30 * 24 * 60 * 60

/**
 * Puts the service together. The first start makes its keys in `keysDir`; see `createSqlIdentity` for the stores.
 *
 * @throws Error when the keys cannot be read or written
 */
export async function createIdentity(options: IdentityOptions & IdentityStores): Promise<Identity> {
  const { settings, accounts, families, clock, random, log, revocations } = options
  const { issuer, audience } = settings
  const store = createFileKeyStore(options.keysDir)
  const onLostKey = (): void => {
    revocations
      .announceLostKey(issuer)
      .catch((error: unknown) => log.error({ error }, 'A lost key could not be announced'))
  }
  const keyRing = await openKeyRing({ ...options.keyRing, store, clock, log, onLostKey })
  const secret = await store.secret('refresh', () => random.bytes(32))
  const signingKey = (): ReturnType<KeyRing['signingKey']> => keyRing.signingKey()
  const tokens = createIdentityTokenIssuer({ issuer, audience, signingKey, clock, random })
  const refreshTokens = createSessionTokens({
    secret,
    algorithm: 'HS256',
    issuer,
    accessSeconds: 1,
    refreshSeconds,
    clock,
    random,
  })
  const keySource = localKeySource(() => keyRing.publicKeys())
  const verifier = createIdentityVerifier({ issuers: [{ issuer, audience, keys: keySource }], clock, log })
  const limits = createIdentityAttempts(options.createLimiter)
  const hasher = options.hasher ?? createPasswordHasher(random.uuid())
  const signIns = createSignIns({
    families,
    accounts,
    tokens,
    refreshTokens,
    revocations,
    limits,
    clock,
    log,
  })
  const credentials = createCredentials({ accounts, families, signIns, hasher, limits, revocations, clock })
  const app = createHttpApp({ log, random, ...(settings.origins && { origins: settings.origins }) })
  const proxies = settings.proxies ?? noTrustedProxies
  const services = { accounts, credentials, families, signIns, keyRing, verifier, revocations }
  const parts = { ...services, proxies, clock, seatsOf: options.seatsOf }
  registerIdentityToken(app)
  addSignInRoutes(app, parts)
  addAccountRoutes(app, parts)
  addKeyRoutes(app, keyRing)
  const housekeeping = setInterval(() => {
    const purged = families.purge(clock() - identityLimits.historyMs)
    purged.catch((error: unknown) => log.error({ error }, 'old sign-ins could not be dropped'))
  }, hour)
  housekeeping.unref()
  const close = (): void => {
    clearInterval(housekeeping)
    keyRing.close()
  }
  return { app, issuer, audience, keySource, verifier, keyRing, close }
}
