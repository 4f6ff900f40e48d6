import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { AppError } from '@innkeeper/protocol/problems'

/** What is counted: `points` attempts per `seconds` for each key. */
export const attemptRules = {
  /** Passwords tried for one username, right or wrong. A right one starts the count anew. */
  password: { points: 5, seconds: 15 * 60 },
  /** Passwords tried from one address. */
  passwordIp: { points: 100, seconds: 15 * 60 },
  /** Accounts made from one address. */
  registerIp: { points: 60, seconds: 60 * 60 },
  /** Refreshes of one sign-in: a browser with many tabs makes a handful at once, and then none for minutes. */
  refresh: { points: 60, seconds: 60 },
  refreshIp: { points: 600, seconds: 60 },
} as const

/** One of the rules above. */
export type AttemptKind = keyof typeof attemptRules

/** Counts attempts before anything expensive is done for them. */
export interface AttemptLimits {
  /** @throws AppError `too-many` with `retryAfterSeconds` when the key has used up its attempts */
  consume(kind: AttemptKind, key: string): Promise<void>
  /** The attempts of this key were honest. */
  forgive(kind: AttemptKind, key: string): Promise<void>
}

/** Counts in this process alone. */
export function createMemoryAttemptLimits(): AttemptLimits {
  return createAttemptLimits((options) => new RateLimiterMemory(options))
}

/** How a rule is counted: for adapters. */
export interface LimiterOptions {
  readonly keyPrefix: string
  readonly points: number
  readonly duration: number
}

/** @param createLimiter  makes the counter of one rule */
export function createAttemptLimits(
  createLimiter: (options: LimiterOptions) => RateLimiterAbstract,
): AttemptLimits {
  const counters = new Map<AttemptKind, RateLimiterAbstract>()
  const counterOf = (kind: AttemptKind): RateLimiterAbstract => {
    const known = counters.get(kind)
    if (known !== undefined) return known
    const { points, seconds } = attemptRules[kind]
    const counter = createLimiter({ keyPrefix: kind, points, duration: seconds })
    counters.set(kind, counter)
    return counter
  }
  return {
    async consume(kind, key) {
      try {
        await counterOf(kind).consume(key)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
        throw new AppError('too-many', `Try again in ${retryAfterSeconds} s`, { retryAfterSeconds })
      }
    },
    async forgive(kind, key) {
      await counterOf(kind).delete(key)
    },
  }
}
