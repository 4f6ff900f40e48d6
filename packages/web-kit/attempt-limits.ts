import { RateLimiterMemory, RateLimiterRes, type RateLimiterLike } from 'rate-limiter-flexible'
import { AppError } from '@innkeeper/protocol/problems'

/** How often something may be tried: `points` in `seconds`, and a pause of `pauseSeconds` for who tries more. */
export interface AttemptBudget {
  readonly points: number
  readonly seconds: number
  /** Absent or 0: until the window ends. */
  readonly pauseSeconds?: number
}

/** Makes the counter behind a budget: in memory by default; several nodes hand in one that counts in Redis. */
export type CreateLimiter = (name: string, budget: AttemptBudget) => RateLimiterLike

/** One budget, counted by address, name or sign-in. */
export interface AttemptLimit {
  /**
   * Uses one attempt. It comes before the work, so that many at once cannot slip through.
   *
   * @throws AppError `too-many` with `retryAfterSeconds`
   */
  consume(key: string): Promise<void>
  /** Gives the attempt back: it was no wrong one. */
  refund(key: string): Promise<void>
  /** All attempts of this key were honest: its count starts anew. */
  forgive(key: string): Promise<void>
}

/** Counts in this process alone. */
export const memoryLimiter: CreateLimiter = (name, { points, seconds, pauseSeconds = 0 }) =>
  new RateLimiterMemory({ keyPrefix: name, points, duration: seconds, blockDuration: pauseSeconds })

/** @param limiter  as a `CreateLimiter` makes it */
export function createAttemptLimit(limiter: RateLimiterLike): AttemptLimit {
  return {
    async consume(key) {
      try {
        await limiter.consume(key)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
        throw new AppError('too-many', `Try again in ${retryAfterSeconds} s`, { retryAfterSeconds })
      }
    },
    async refund(key) {
      await limiter.reward(key)
    },
    async forgive(key) {
      await limiter.delete(key)
    },
  }
}
