import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { createAttemptLimits, type AttemptLimits } from './attempt-limits'

/** Counts for all identity services together. While Redis is away each counts for itself. */
export function createRedisAttemptLimits(redis: RedisConnection): AttemptLimits {
  return createAttemptLimits((options) => {
    const keyPrefix = `${redis.prefix}attempts:${options.keyPrefix}`
    return new RateLimiterRedis({
      ...options,
      keyPrefix,
      storeClient: redis.commands,
      insuranceLimiter: new RateLimiterMemory(options),
    })
  })
}
