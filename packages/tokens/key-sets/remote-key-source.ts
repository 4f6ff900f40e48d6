import type { KeyObject } from 'node:crypto'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Log } from '@innkeeper/protocol/tools'
import { fetchJwks, type FetchJwks } from './fetch-jwks'
import { createHeldKeySet, type HeldKeySet } from './held-key-set'
import type { KeySource } from './key-source'

/** Between two readings of the set that an unknown key or a failure asks for. */
const cooldownMs = 30_000
/** The same, while no set was ever read: the issuer is probably starting just now. */
const coldCooldownMs = 1_000
const longAgo = Number.NEGATIVE_INFINITY

export interface RemoteKeySourceOptions {
  readonly url: string
  readonly fetch: FetchJwks
  readonly clock: Clock
  readonly log: Log
  /** For the whole answer; 5 s unless told. */
  readonly timeoutMs?: number
}

/**
 * Keys of an issuer elsewhere, read from its JWKS URL: again when `max-age` (30 s to 10 min) is over, and at once for
 * a key that is not in the set, though never more than once per 30 s. One reading serves everybody who waits for it.
 * Where it fails, the last good set is used for up to 24 h.
 */
export function remoteKeySource(options: RemoteKeySourceOptions): KeySource {
  const { clock } = options
  const held = createHeldKeySet(clock)
  const reader = createReader(options, held)
  let missedAtMs = longAgo

  async function findAnew(kid: string): Promise<KeyObject | undefined> {
    const flushesBefore = held.flushes
    if (held.usable() || clock() - reader.failedAtMs >= coldCooldownMs) await reader.read()
    if (held.flushes !== flushesBefore) await reader.read()
    const keys = held.usable()
    if (!keys) {
      throw new AppError('unavailable', 'Sign-ins cannot be checked at the moment', { retryAfterSeconds: 30 })
    }
    const key = keys.get(kid)
    if (!key) missedAtMs = clock()
    return key
  }

  return {
    find(kid) {
      const keys = held.usable()
      const key = keys?.get(kid)
      const hasJustFailed = clock() - reader.failedAtMs < cooldownMs
      if (key && (held.isFresh() || hasJustFailed)) return key
      if (!key && keys && (hasJustFailed || clock() - missedAtMs < cooldownMs)) return undefined
      return findAnew(kid)
    },
    get epoch() {
      return held.epoch
    },
    flush() {
      held.flush()
      reader.forget()
      missedAtMs = longAgo
    },
  }
}

interface Reader {
  /** Reads the set, or joins whoever is reading it. Never throws. */
  read(): Promise<void>
  /** When reading failed last, unless it has succeeded since. */
  readonly failedAtMs: number
  forget(): void
}

function createReader(options: RemoteKeySourceOptions, held: HeldKeySet): Reader {
  const { url, clock, log, fetch, timeoutMs = 5_000 } = options
  let reading: Promise<void> | undefined
  let failedAtMs = longAgo

  async function readNow(): Promise<void> {
    const flushesBefore = held.flushes
    const answer = await fetchJwks({ url, fetch, timeoutMs })
    // Flushed meanwhile: this answer may be older than the reason for it.
    if (held.flushes !== flushesBefore) return
    if ('refused' in answer) {
      failedAtMs = clock()
      log.error(
        { url, reason: answer.refused },
        'Key set not loaded; the last good one stays in use for up to 24 h',
      )
      return
    }
    held.replace(answer.keys, answer.maxAgeMs)
    failedAtMs = longAgo
  }

  return {
    read() {
      const current = (reading ??= readNow().finally(() => {
        if (reading === current) reading = undefined
      }))
      return current
    },
    get failedAtMs() {
      return failedAtMs
    },
    forget() {
      reading = undefined
      failedAtMs = longAgo
    },
  }
}
