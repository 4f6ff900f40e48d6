/**
 * The life of a signing key. `pending`: published, so that every verifier knows it before it signs. `active`: signs.
 * `retiring`: signs no more, and stays published until the last token that it signed has expired.
 */
export type KeyState = 'pending' | 'active' | 'retiring'

/** What is known of a key beside its material. Times in epoch milliseconds. */
export interface KeyRecord {
  readonly kid: string
  readonly state: KeyState
  readonly createdAtMs: number
  /** For an active key: when a successor is to take over. */
  readonly dueAtMs?: number
  /** For a retiring key: when it leaves the set. */
  readonly retireAtMs?: number
}

/** When keys change. */
export interface KeyPolicy {
  /** How long a key signs; 30 days. */
  readonly activeMs: number
  /** How long a key is published before it signs: longer than verifiers and caches keep a key set; 15 minutes. */
  readonly publishAheadMs: number
  /** How long a key stays published after it signed last: the life of a token and a margin; 20 minutes. */
  readonly retireMs: number
}

const minutes = 60_000

/** The policy that nobody needs to change. */
export const defaultKeyPolicy: KeyPolicy = {
  activeMs: 30 * 24 * 60 * minutes,
  publishAheadMs: 15 * minutes,
  retireMs: 20 * minutes,
}

/** The keys as they are to be, and how a new one is to start if one is needed. */
export interface KeyPlan {
  readonly keys: readonly KeyRecord[]
  readonly create: 'pending' | 'active' | undefined
}

/**
 * Decides what happens to the keys now. Pure; running it again on its own answer changes nothing.
 *
 * Without an active key the pending one signs at once, although some verifiers have not seen it: they ask again for a
 * key that they do not know, and nobody could sign in otherwise.
 */
export function planKeys(keys: readonly KeyRecord[], nowMs: number, policy: KeyPolicy): KeyPlan {
  const kept = keys.filter((key) => key.state !== 'retiring' || (key.retireAtMs ?? 0) > nowMs)
  const active = kept.find((key) => key.state === 'active')
  const pending = kept.find((key) => key.state === 'pending')
  if (active === undefined) {
    if (pending === undefined) return { keys: kept, create: 'active' }
    return {
      keys: kept.map((key) => (key === pending ? activate(key, nowMs, policy) : key)),
      create: undefined,
    }
  }
  const dueAtMs = active.dueAtMs ?? active.createdAtMs + policy.activeMs
  if (pending === undefined) {
    return { keys: kept, create: nowMs >= dueAtMs - policy.publishAheadMs ? 'pending' : undefined }
  }
  if (nowMs < dueAtMs || nowMs < pending.createdAtMs + policy.publishAheadMs)
    return { keys: kept, create: undefined }
  const changed = kept.map((key) => {
    if (key === active) return retire(key, nowMs, policy)
    return key === pending ? activate(key, nowMs, policy) : key
  })
  return { keys: changed, create: undefined }
}

/** @returns the record of a key that starts now */
export function newKeyRecord(
  { kid, state }: { readonly kid: string; readonly state: 'pending' | 'active' },
  nowMs: number,
  policy: KeyPolicy,
): KeyRecord {
  const key: KeyRecord = { kid, state: 'pending', createdAtMs: nowMs }
  return state === 'active' ? activate(key, nowMs, policy) : key
}

/** @returns the keys with the active one due for a successor now */
export function hastenRotation(keys: readonly KeyRecord[], nowMs: number): readonly KeyRecord[] {
  return keys.map((key) => (key.state === 'active' ? { ...key, dueAtMs: nowMs } : key))
}

/** A record alone, without whatever else an object carries: a private key, above all. */
export function toKeyRecord({ kid, state, createdAtMs, dueAtMs, retireAtMs }: KeyRecord): KeyRecord {
  return {
    kid,
    state,
    createdAtMs,
    ...(dueAtMs === undefined ? {} : { dueAtMs }),
    ...(retireAtMs === undefined ? {} : { retireAtMs }),
  }
}

function activate({ kid, createdAtMs }: KeyRecord, nowMs: number, policy: KeyPolicy): KeyRecord {
  return { kid, state: 'active', createdAtMs, dueAtMs: nowMs + policy.activeMs }
}

function retire({ kid, createdAtMs }: KeyRecord, nowMs: number, policy: KeyPolicy): KeyRecord {
  return { kid, state: 'retiring', createdAtMs, retireAtMs: nowMs + policy.retireMs }
}
