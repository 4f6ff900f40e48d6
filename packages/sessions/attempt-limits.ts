import { RateLimiterMemory, RateLimiterRes, type RateLimiterLike } from 'rate-limiter-flexible'
import { AppError } from '@innkeeper/protocol/problems'

/** How often something may be tried: `points` in `seconds`, and a pause of `pauseSeconds` for who tries more. */
export interface AttemptBudget {
  readonly points: number
  readonly seconds: number
  /** Absent or 0: until the window ends. */
  readonly pauseSeconds?: number
}

/** The budgets of a session's REST. */
export interface SessionBudgets {
  /** New tables per address. */
  readonly create: AttemptBudget
  /** Wrong join codes per address. */
  readonly wrongCode: AttemptBudget
  /** Wrong recovery keys per address. */
  readonly wrongKey: AttemptBudget
  /** Refreshes per sign-in. It is a burst as well: many tabs that wake together all refresh, and all must succeed. */
  readonly refreshPerSignIn: AttemptBudget
  /** Refreshes per address: a whole table behind one router. */
  readonly refreshPerIp: AttemptBudget
}

/** What a fresh start uses. */
export const defaultBudgets: SessionBudgets = {
  create: { points: 60, seconds: 3600 },
  wrongCode: { points: 20, seconds: 60 },
  wrongKey: { points: 10, seconds: 600, pauseSeconds: 600 },
  refreshPerSignIn: { points: 60, seconds: 60 },
  refreshPerIp: { points: 600, seconds: 60 },
}

/** Makes the counter behind a budget: in memory by default; several nodes hand in one that counts in Redis. */
export type CreateLimiter = (name: string, budget: AttemptBudget) => RateLimiterLike

/** One budget, counted by address or sign-in. */
export interface AttemptLimit {
  /** Uses one attempt. It comes before the work, so that many at once cannot slip through. @throws AppError `too-many` */
  consume(key: string): Promise<void>
  /** Gives the attempt back: it was no wrong one. */
  refund(key: string): Promise<void>
}

/** The counters of all budgets. */
export type AttemptLimits = { readonly [Name in keyof SessionBudgets]: AttemptLimit }

/** @param create  makes the counters; in this process unless told */
export function createAttemptLimits(
  budgets: SessionBudgets,
  create: CreateLimiter = memoryLimiter,
): AttemptLimits {
  const limit = (name: keyof SessionBudgets): AttemptLimit => attemptLimit(create(name, budgets[name]))
  return {
    create: limit('create'),
    wrongCode: limit('wrongCode'),
    wrongKey: limit('wrongKey'),
    refreshPerSignIn: limit('refreshPerSignIn'),
    refreshPerIp: limit('refreshPerIp'),
  }
}

function memoryLimiter(name: string, { points, seconds, pauseSeconds = 0 }: AttemptBudget): RateLimiterLike {
  return new RateLimiterMemory({ keyPrefix: name, points, duration: seconds, blockDuration: pauseSeconds })
}

function attemptLimit(limiter: RateLimiterLike): AttemptLimit {
  return {
    async consume(key) {
      try {
        await limiter.consume(key)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        throw new AppError('too-many', undefined, { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1000) })
      }
    },
    async refund(key) {
      await limiter.reward(key)
    },
  }
}
