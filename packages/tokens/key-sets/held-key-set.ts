import type { Clock } from '@innkeeper/protocol/tools'
import { hasLostKey } from './lost-key'
import type { KeySet } from './parse-jwks'

/** How long a good set is used when no newer one can be had. */
const staleMs = 24 * 60 * 60 * 1000

/** The last good key set of an issuer. */
export interface HeldKeySet {
  /** @returns the set, or undefined when there is none or it is older than 24 h */
  usable(): KeySet | undefined
  /** Whether the set may be used without asking its issuer again. */
  isFresh(): boolean
  replace(keys: KeySet, freshForMs: number): void
  flush(): void
  /** Grows whenever a key that was trusted no longer is. */
  readonly epoch: number
  /** How often `flush` was called. */
  readonly flushes: number
}

/** Starts with no set. */
export function createHeldKeySet(clock: Clock): HeldKeySet {
  let held: { readonly keys: KeySet; readonly atMs: number; readonly freshUntilMs: number } | undefined
  let epoch = 0
  let flushes = 0
  return {
    usable() {
      if (held && clock() - held.atMs > staleMs) {
        held = undefined
        epoch++
      }
      return held?.keys
    },
    isFresh: () => held !== undefined && clock() < held.freshUntilMs,
    replace(keys, freshForMs) {
      if (held && hasLostKey(held.keys, keys)) epoch++
      held = { keys, atMs: clock(), freshUntilMs: clock() + freshForMs }
    },
    flush() {
      held = undefined
      epoch++
      flushes++
    },
    get epoch() {
      return epoch
    },
    get flushes() {
      return flushes
    },
  }
}
