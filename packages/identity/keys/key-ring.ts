import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Log } from '@innkeeper/protocol/tools'
import { toPublicJwk, type PublicJwk } from '@innkeeper/tokens/key-sets/public-jwk'
import {
  defaultKeyPolicy,
  hastenRotation,
  newKeyRecord,
  planKeys,
  toKeyRecord,
  type KeyPolicy,
  type KeyRecord,
} from './key-plan'
import type { KeyChange, KeyStore, SigningKey } from './key-store'

/** What `/.well-known/jwks.json` answers. */
export interface PublicKeySet {
  readonly keys: readonly PublicJwk[]
}

/** The signing keys of a running service. */
export interface KeyRing {
  /** The key that signs now. */
  signingKey(): { readonly kid: string; readonly privateKey: KeyObject }
  /** Every published key; a new object whenever they change. */
  publicKeys(): PublicKeySet
  /** The public half of the key that signs now, as PEM. */
  publicPem(): string
  /** How each key stands. */
  list(): readonly KeyRecord[]
  /** Reads what other processes changed, and does what is due. The timer calls it. */
  refresh(): Promise<void>
  /** Starts a rotation: a new key is published now and signs as soon as verifiers can know it. */
  rotateNow(): Promise<void>
  /**
   * Takes a stolen key out at once. Tokens that it signed are worthless wherever the new set has arrived; another key
   * signs from now on.
   *
   * @throws AppError `not-found`
   */
  removeCompromised(kid: string): Promise<void>
  close(): void
}

/** Where the keys are, and how often changes of other processes are looked for (2 s). */
export interface KeyRingOptions {
  readonly store: KeyStore
  readonly clock: Clock
  readonly log: Log
  readonly policy?: KeyPolicy
  readonly refreshMs?: number
  /** Told when a published key is gone, whichever process took it out. */
  readonly onLostKey?: () => void
}

interface Snapshot {
  readonly version: string | undefined
  readonly keys: readonly SigningKey[]
  readonly active: SigningKey
  readonly publicKeys: PublicKeySet
  readonly publicPem: string | Buffer
}

const generate = promisify(generateKeyPair)

/**
 * Opens the signing keys; the first start makes one.
 *
 * @throws Error when they are damaged or belong to somebody else
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { store, clock, log, policy = defaultKeyPolicy } = options
  let snapshot = await carryOut(store, { clock, log, policy })

  const take = (next: Snapshot): void => {
    const isLost = snapshot.keys.some(({ kid }) => !next.keys.some((key) => key.kid === kid))
    snapshot = next
    if (isLost) options.onLostKey?.()
  }
  const change = async (alter: (keys: readonly KeyRecord[]) => readonly KeyRecord[]): Promise<void> => {
    take(await carryOut(store, { clock, log, policy, alter }))
  }
  const refresh = async (): Promise<void> => {
    const version = await store.version()
    if (version !== snapshot.version) take(await toSnapshot(await store.load(), version))
    const { keys } = snapshot
    const plan = planKeys(keys, clock(), policy)
    if (plan.create !== undefined || isChanged(keys, plan.keys)) await change((now) => now)
  }
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.error({ error }, 'signing keys could not be refreshed'))
  }, options.refreshMs ?? 2_000)
  timer.unref()

  return {
    signingKey: () => snapshot.active,
    publicKeys: () => snapshot.publicKeys,
    publicPem: () => String(snapshot.publicPem),
    list: () => snapshot.keys.map(toKeyRecord),
    refresh,
    rotateNow: () => change((keys) => hastenRotation(keys, clock())),
    async removeCompromised(kid) {
      if (!snapshot.keys.some((key) => key.kid === kid))
        throw new AppError('not-found', 'There is no such key')
      await change((keys) => keys.filter((key) => key.kid !== kid))
      log.warn({ kid }, 'signing key removed as compromised')
    },
    close: () => clearInterval(timer),
  }
}

interface Effects {
  readonly clock: Clock
  readonly log: Log
  readonly policy: KeyPolicy
  readonly alter?: (keys: readonly KeyRecord[]) => readonly KeyRecord[]
}

/** Alters the keys, plans until nothing is left to do, and stores what came out. */
async function carryOut(store: KeyStore, { clock, log, policy, alter }: Effects): Promise<Snapshot> {
  const keys = await store.change(async (before): Promise<KeyChange | undefined> => {
    const now = clock()
    const plan = planKeys(alter?.(before) ?? before, now, policy)
    if (plan.create === undefined) return isChanged(before, plan.keys) ? { keys: plan.keys } : undefined
    const { privateKey } = await generate('ec', { namedCurve: 'P-256' })
    const { kid } = await toPublicJwk(privateKey)
    log.info({ kid, state: plan.create }, 'signing key made')
    const added = newKeyRecord({ kid, state: plan.create }, now, policy)
    return { keys: [...plan.keys, added], added: [{ kid, privateKey }] }
  })
  // Without a version, so that the next refresh reads once more: another process may have changed something since.
  return await toSnapshot(keys, undefined)
}

async function toSnapshot(keys: readonly SigningKey[], version: string | undefined): Promise<Snapshot> {
  const active = keys.find((key) => key.state === 'active')
  if (active === undefined) throw new Error('No signing key is active')
  const publicKeys = { keys: await Promise.all(keys.map((key) => toPublicJwk(key.privateKey))) }
  const publicPem = createPublicKey(active.privateKey).export({ type: 'spki', format: 'pem' })
  return { version, keys, active, publicKeys, publicPem }
}

function isChanged(before: readonly KeyRecord[], after: readonly KeyRecord[]): boolean {
  return (
    before.length !== after.length ||
    after.some((key, position) => {
      const old = before[position]
      return old?.kid !== key.kid || old.state !== key.state || old.dueAtMs !== key.dueAtMs
    })
  )
}
