import { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Log } from '@innkeeper/protocol/tools'
import { fetchJwks, type FetchJwks } from './fetch-jwks'
import type { KeySource } from './key-source'
import { hasLostKey } from './lost-key'
import type { KeySet } from './parse-jwks'

/** Between two readings of the set that an unknown key or a failure asks for. */
const cooldownMs = 30_000
/** The same, while no set was ever read: the issuer is probably starting just now. */
const coldCooldownMs = 1_000
/** How long the last good set is used when no newer one can be had. */
const staleMs = 24 * 60 * 60 * 1000

interface Loaded {
  readonly keys: KeySet
  readonly loadedAtMs: number
  readonly freshUntilMs: number
}

/**
 * Keys of an issuer elsewhere, read from its JWKS URL: again when `max-age` (30 s to 10 min) is over, and at once for
 * a key that is not in the set, though never more than once per 30 s. One reading serves everybody who waits for it.
 * Where it fails, the last good set is used for up to 24 h.
 */
export function remoteKeySource(options: {
  readonly url: string
  readonly fetch: FetchJwks
  readonly clock: Clock
  readonly log: Log
  /** For the whole answer; 5 s unless told. */
  readonly timeoutMs?: number
}): KeySource {
  const { url, clock, log } = options
  let loaded: Loaded | undefined
  let reading: Promise<void> | undefined
  let failedAtMs = Number.NEGATIVE_INFINITY
  let missedAtMs = Number.NEGATIVE_INFINITY
  let epoch = 0
  let flushes = 0

  async function read(): Promise<void> {
    const flushesBefore = flushes
    const answer = await fetchJwks({ url, fetch: options.fetch, timeoutMs: options.timeoutMs ?? 5_000 })
    // Flushed meanwhile: this answer may be older than the reason for it.
    if (flushes !== flushesBefore) return
    if ('refused' in answer) {
      failedAtMs = clock()
      log.error(
        { url, reason: answer.refused },
        'Key set not loaded; the last good one stays in use for up to 24 h',
      )
      return
    }
    if (loaded && hasLostKey(loaded.keys, answer.keys)) epoch++
    const nowMs = clock()
    loaded = { keys: answer.keys, loadedAtMs: nowMs, freshUntilMs: nowMs + answer.maxAgeMs }
    failedAtMs = Number.NEGATIVE_INFINITY
  }

  function readOnce(): Promise<void> {
    const current = (reading ??= read().finally(() => {
      if (reading === current) reading = undefined
    }))
    return current
  }

  function isCoolingDown(sinceMs: number): boolean {
    return clock() - sinceMs < cooldownMs
  }

  function usableKeys(): KeySet | undefined {
    if (loaded && clock() - loaded.loadedAtMs > staleMs) {
      loaded = undefined
      epoch++
    }
    return loaded?.keys
  }

  async function findAnew(kid: string): Promise<ReturnType<KeySet['get']>> {
    const flushesBefore = flushes
    if (loaded || clock() - failedAtMs >= coldCooldownMs) await readOnce()
    if (flushes !== flushesBefore) await readOnce()
    const keys = usableKeys()
    if (!keys)
      throw new AppError('unavailable', 'Sign-ins cannot be checked at the moment', { retryAfterSeconds: 30 })
    const key = keys.get(kid)
    if (!key) missedAtMs = clock()
    return key
  }

  return {
    find(kid) {
      const key = usableKeys()?.get(kid)
      const isFresh = loaded !== undefined && clock() < loaded.freshUntilMs
      if (key && (isFresh || isCoolingDown(failedAtMs))) return key
      if (!key && loaded && (isCoolingDown(missedAtMs) || isCoolingDown(failedAtMs))) return undefined
      return findAnew(kid)
    },
    get epoch() {
      return epoch
    },
    flush() {
      epoch++
      flushes++
      loaded = undefined
      reading = undefined
      failedAtMs = Number.NEGATIVE_INFINITY
      missedAtMs = Number.NEGATIVE_INFINITY
    },
  }
}
