import { afterAll, describe, expect, it } from 'bun:test'
import { connectRedis } from '@innkeeper/coordination/redis-connection'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog } from '@innkeeper/protocol/tools'
import { freePort, redisKeyPrefix, testRedisUrl } from '../../tests/support/services'
import { createAttemptLimit, memoryLimiter, type AttemptLimit, type CreateLimiter } from './attempt-limits'
import { createRedisLimiters } from './redis-limiters'

function attemptLimitsContract(name: string, createLimiter: CreateLimiter): void {
  const limitOf = (kind: string, points: number): AttemptLimit =>
    createAttemptLimit(createLimiter(kind, { points, seconds: 60, pauseSeconds: 600 }))

  describe(`attempt limits on ${name}`, () => {
    it('[SEC-152] let exactly the allowed number through, in parallel too', async () => {
      const limit = limitOf('parallel', 5)
      const tries = await Promise.allSettled(Array.from({ length: 100 }, () => limit.consume('wirt')))
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
      expect((await refusalOf(limit.consume('wirt'))).code).toBe('too-many')
    })

    it('count each key and each kind by itself', async () => {
      const limit = limitOf('one kind', 3)
      await consumeTimes(limit, 'greg', 3)
      await limit.consume('beatrice')
      await limitOf('another kind', 3).consume('greg')
      await expect(limit.consume('greg')).rejects.toThrow()
    })

    it('say when to come back: after the pause', async () => {
      const limit = limitOf('pause', 3)
      await consumeTimes(limit, 'ip', 3)
      const refusal = await refusalOf(limit.consume('ip'))
      expect(refusal.extras.retryAfterSeconds).toBeGreaterThan(590)
      expect(refusal.extras.retryAfterSeconds).toBeLessThanOrEqual(600)
    })

    it('start anew when the attempts were honest', async () => {
      const limit = limitOf('forgiven', 3)
      await consumeTimes(limit, 'fred', 3)
      await expect(limit.consume('fred')).rejects.toThrow()
      await limit.forgive('fred')
      await consumeTimes(limit, 'fred', 3)
    })

    it('count nothing for an attempt that was refunded', async () => {
      const limit = limitOf('refunded', 3)
      for (const key of Array.from({ length: 10 }, () => 'ip')) {
        await limit.consume(key)
        await limit.refund(key)
      }
      await consumeTimes(limit, 'ip', 3)
      expect((await refusalOf(limit.consume('ip'))).code).toBe('too-many')
    })
  })
}

attemptLimitsContract('memory', memoryLimiter)

const url = testRedisUrl()
if (url === undefined) it.skip('attempt limits on Redis: needs TEST_REDIS_URL', () => undefined)
else {
  const redis = connectRedis({ url, log: silentLog, prefix: redisKeyPrefix() })
  afterAll(() => redis.close())
  attemptLimitsContract('Redis', createRedisLimiters(redis))
}

const nowhere = connectRedis({
  url: `redis://127.0.0.1:${await freePort()}`,
  log: silentLog,
  commandTimeoutMs: 200,
})
afterAll(() => nowhere.close())
attemptLimitsContract('a Redis that is away', createRedisLimiters(nowhere))

async function consumeTimes(limit: AttemptLimit, key: string, times: number): Promise<void> {
  for (const attempt of Array.from({ length: times }, () => key)) await limit.consume(attempt)
}

async function refusalOf(attempt: Promise<void>): Promise<AppError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw new Error('it was allowed')
}
