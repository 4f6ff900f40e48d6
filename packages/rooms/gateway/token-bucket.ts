/** How fast one socket may talk: `perSecond` on the long run, `burst` at once. */
export interface MessageRate {
  readonly perSecond: number
  readonly burst: number
}

/** A bucket that refills with time; cheap enough to be asked for every message. */
export class TokenBucket {
  #tokens: number
  #filledAt: number

  constructor(
    readonly rate: MessageRate,
    nowMs: number,
  ) {
    this.#tokens = rate.burst
    this.#filledAt = nowMs
  }

  /** @returns whether there was a token left */
  take(nowMs: number): boolean {
    const { perSecond, burst } = this.rate
    // A clock that was set back must not take tokens away.
    const passedMs = Math.max(0, nowMs - this.#filledAt)
    this.#tokens = Math.min(burst, this.#tokens + (passedMs * perSecond) / 1_000)
    this.#filledAt = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
