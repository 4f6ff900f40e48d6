import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterLike } from 'rate-limiter-flexible'
import { AppError } from '@innkeeper/protocol/problems'
import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { AttemptBudget, CreateLimiter } from '@innkeeper/sessions/attempt-limits'

/** Counters for limits: in Redis, so that all nodes count together, or in this process. */
export function createLimiters(connection: RedisConnection | undefined): CreateLimiter {
  return (name: string, { points, seconds, pauseSeconds = 0 }: AttemptBudget): RateLimiterLike => {
    const budget = { keyPrefix: `${connection?.prefix ?? ''}limit:${name}`, points, duration: seconds, blockDuration: pauseSeconds }
    if (!connection) return new RateLimiterMemory(budget)
    // While Redis is away each node counts for itself, which is still a limit.
    return new RateLimiterRedis({ ...budget, storeClient: connection.commands, insuranceLimiter: new RateLimiterMemory(budget) })
  }
}

/** The limit on guests' tickets by their address; 0 is no limit. */
export function createGuestLimit(create: CreateLimiter, perMinute: number): (ip: string) => Promise<void> {
  const limiter = perMinute === 0 ? undefined : create('guest-ticket', { points: perMinute, seconds: 60 })
  return async (ip) => {
    try {
      await limiter?.consume(ip)
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new AppError('too-many', undefined, { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) })
    }
  }
}
