import { RateLimiterRedis } from 'rate-limiter-flexible'
import { memoryLimiter, type CreateLimiter } from './attempt-limits'

/** A connection to Redis as far as counters need one; `RedisConnection` of coordination fits. */
export interface LimiterStore {
  /** Put before every key. */
  readonly prefix: string
  /** An ioredis client, or a cluster's. */
  readonly commands: object
}

/** Counts for all nodes together. While Redis is away each node counts for itself, which is still a limit. */
export function createRedisLimiters({ prefix, commands }: LimiterStore): CreateLimiter {
  return (name, budget) =>
    new RateLimiterRedis({
      keyPrefix: `${prefix}limit:${name}`,
      points: budget.points,
      duration: budget.seconds,
      blockDuration: budget.pauseSeconds ?? 0,
      storeClient: commands,
      insuranceLimiter: memoryLimiter(name, budget),
    })
}
