import { startAge } from './age'
import type { Effects } from './effects'
import type { RefreshOutcome, TokenPair } from './token-refresh'

/** What a keeper needs. The pair may be another tab's work, so it is read anew at every look. */
export interface KeeperPorts extends Pick<Effects, 'now' | 'ticks' | 'after' | 'random'> {
  load(): TokenPair | null
  /** `TokenRefresh.refresh`. */
  refresh(access: string): Promise<RefreshOutcome>
  /** Whether somebody may be looking: of several tabs the hidden ones leave the work to the visible one. */
  isVisible(): boolean
}

/** At 80 % of a token's life, and up to a tenth of it later, so that a whole table does not come in one instant. */
const dueAt = 0.8
const jitter = 0.1
/** After a refresh that did not reach the server, which tried for some seconds already. */
const tryAgainMs = 30_000
/** Browsers take longer timers for none at all. */
const longestTimerMs = 2 ** 31 - 1

interface Watched {
  readonly access: string
  /** Until a refresh is due; below zero from then on. */
  leftMs(): number
}

/**
 * Renews an access token before it ends, so that no request has to fail first. Goes by the token's `life` and this
 * machine's own clocks, never by what the machine believes the time to be.
 */
export class TokenKeeper {
  readonly #ports: KeeperPorts
  #watched: Watched | null = null
  #isStopped = false
  #cancelTimer: () => void = () => {}

  constructor(ports: KeeperPorts) {
    this.#ports = ports
  }

  /** Refreshes the pair when that is due. To be awaited before a socket is opened. */
  async freshen(): Promise<void> {
    const watched = this.#watch()
    if (watched !== null && watched.leftMs() <= 0) await this.#ports.refresh(watched.access)
  }

  /**
   * The same while the page is visible, and again by itself whenever it is due. To be called at the start, when there
   * is another pair, and when the page comes into view.
   */
  async look(): Promise<void> {
    if (this.#isStopped) return
    if (this.#ports.isVisible()) await this.freshen()
    this.#planNext()
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true
    this.#cancelTimer()
  }

  #planNext(): void {
    this.#cancelTimer()
    const watched = this.#watch()
    // A hidden page looks again when it comes into view.
    if (watched === null || this.#isStopped || !this.#ports.isVisible()) return
    const leftMs = watched.leftMs()
    const inMs = leftMs > 0 ? Math.min(leftMs, longestTimerMs) : tryAgainMs
    this.#cancelTimer = this.#ports.after(inMs, () => void this.look())
  }

  #watch(): Watched | null {
    const pair = this.#ports.load()
    if (pair?.life === undefined) return (this.#watched = null)
    if (pair.access === this.#watched?.access) return this.#watched
    const { forMs, sinceMs } = pair.life
    const dueMs = forMs * dueAt + this.#ports.random.below(Math.floor(forMs * jitter) + 1)
    const ageMs = startAge(this.#ports, sinceMs)
    return (this.#watched = { access: pair.access, leftMs: () => dueMs - ageMs() })
  }
}
