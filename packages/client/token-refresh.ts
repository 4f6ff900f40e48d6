import { assertNever } from '@innkeeper/protocol/tools'
import type { Effects } from './effects'

/** The two tokens of a seat or an account. */
export interface TokenPair {
  readonly access: string
  readonly refresh: string
  /** How long the access token is good; absent where nobody wrote it down. A keeper renews it in time. */
  readonly life?: TokenLife
}

/** `sinceMs`: when it came, in epoch ms by the clock of this machine, which may be wrong. */
export interface TokenLife {
  readonly forMs: number
  readonly sinceMs: number
}

/** What the server made of a refresh token. `again`: no verdict (no network, 5xx, 429), so the token may still be good. */
export type Exchange =
  | { readonly kind: 'renewed'; readonly pair: TokenPair }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'again' }

/** `fresh`: repeat the request with `access`. `signed-out`: only signing in again helps. `unreachable`: later. */
export type RefreshOutcome =
  | { readonly kind: 'fresh'; readonly access: string }
  | { readonly kind: 'signed-out'; readonly reason: string }
  | { readonly kind: 'unreachable' }

/** What a refresh needs. The storage is shared with other tabs, so it is read anew at every step. */
export interface RefreshPorts {
  load(): TokenPair | null
  save(pair: TokenPair): void
  clear(reason: string): void
  exchange(refresh: string): Promise<Exchange>
  /** Runs one tab at a time where it can. Only an optimisation: the server answers the same token with the same pair. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  readonly after: Effects['after']
  readonly random: Effects['random']
}

const retryWaitsMs = [500, 1_000, 2_000, 4_000]

/** Turns a refused access token into a good one: one exchange at a time, however many requests ask. */
export class TokenRefresh {
  readonly #ports: RefreshPorts
  #running: Promise<RefreshOutcome> | null = null

  constructor(ports: RefreshPorts) {
    this.#ports = ports
  }

  /** Resolves once no refresh is running; requests wait here instead of going out with a token that is about to die. */
  async settled(): Promise<void> {
    await this.#running
  }

  /** @param refused  the access token that the server refused */
  refresh(refused: string): Promise<RefreshOutcome> {
    this.#running ??= this.#ports
      .exclusively(() => this.#refreshOnce(refused))
      .finally(() => {
        this.#running = null
      })
    return this.#running
  }

  async #refreshOnce(refused: string): Promise<RefreshOutcome> {
    const pair = this.#ports.load()
    if (pair === null) return { kind: 'signed-out', reason: 'left' }
    // Another tab was faster.
    if (pair.access !== refused) return { kind: 'fresh', access: pair.access }
    const exchange = await this.#exchangeWithRetries(pair.refresh)
    return this.#conclude(pair.refresh, exchange)
  }

  async #exchangeWithRetries(refresh: string): Promise<Exchange> {
    for (const waitMs of retryWaitsMs) {
      const answer = await this.#ports.exchange(refresh)
      if (answer.kind !== 'again') return answer
      await this.#pause(waitMs + this.#ports.random.below(waitMs / 2))
    }
    return await this.#ports.exchange(refresh)
  }

  /** Commits only while storage still holds the token that was sent: a sign-out in another tab must stay one. */
  #conclude(sent: string, exchange: Exchange): RefreshOutcome {
    const now = this.#ports.load()
    if (now === null) return { kind: 'signed-out', reason: 'left' }
    if (now.refresh !== sent) return { kind: 'fresh', access: now.access }
    switch (exchange.kind) {
      case 'renewed':
        this.#ports.save(exchange.pair)
        return { kind: 'fresh', access: exchange.pair.access }
      case 'dead':
        this.#ports.clear(exchange.reason)
        return { kind: 'signed-out', reason: exchange.reason }
      case 'again':
        return { kind: 'unreachable' }
      default:
        return assertNever(exchange)
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#ports.after(ms, resolve))
  }
}
