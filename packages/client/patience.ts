import { backoffMs, jitteredMs } from './backoff'
import type { Effects } from './effects'

/** A connection that lived this long starts its backoff anew; a shorter one counts as one more failure. */
const stableMs = 5_000

/** Remembers since when the room is lost and how often a return failed, and says how long to wait. */
export class Patience {
  readonly #effects: Pick<Effects, 'now' | 'random'>
  #failures = 0
  #liveAtMs: number | null = null
  #lostAtMs: number | null = null

  constructor(effects: Pick<Effects, 'now' | 'random'>) {
    this.#effects = effects
  }

  /** Epoch ms; null while the room is here or was never reached. */
  get lostAtMs(): number | null {
    return this.#lostAtMs
  }

  live(): void {
    this.#liveAtMs = this.#effects.now()
    this.#lostAtMs = null
  }

  lost(): void {
    if (this.#liveAtMs === null) return
    this.#lostAtMs = this.#effects.now()
    if (this.#lostAtMs - this.#liveAtMs >= stableMs) this.#failures = 0
    this.#liveAtMs = null
  }

  /** @param askedMs  what the server asked for, if it did */
  nextWaitMs(askedMs?: number): number {
    const { random } = this.#effects
    const waitMs = askedMs === undefined ? backoffMs(this.#failures, random) : jitteredMs(askedMs, random)
    this.#failures += 1
    return waitMs
  }
}
