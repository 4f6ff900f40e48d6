import { afterAll, describe, expect, it } from 'bun:test'
import { connectRedis } from '@innkeeper/coordination/redis-connection'
import { silentLog } from '@innkeeper/protocol/tools'
import { freePort, redisKeyPrefix, testRedisUrl } from '../../../tests/support/services'
import { attemptRules, createMemoryAttemptLimits, type AttemptLimits } from './attempt-limits'
import { createRedisAttemptLimits } from './redis-attempt-limits'

function attemptLimitsContract(name: string, limits: AttemptLimits): void {
  describe(`attempt limits on ${name}`, () => {
    it('[SEC-152] lets exactly the allowed number through, in parallel too', async () => {
      const attempts = Array.from({ length: 100 }, () => limits.consume('password', 'wirt'))
      const settled = await Promise.allSettled(attempts)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(
        attemptRules.password.points,
      )
      await expect(limits.consume('password', 'wirt')).rejects.toMatchObject({ code: 'too-many' })
    })

    it('counts each key and each kind by itself', async () => {
      for (let attempt = 0; attempt < 5; attempt++) await limits.consume('password', 'greg')
      await limits.consume('password', 'beatrice')
      await limits.consume('passwordIp', 'greg')
      await expect(limits.consume('password', 'greg')).rejects.toThrow()
    })

    it('says when to come back, and starts anew when the attempts were honest', async () => {
      for (let attempt = 0; attempt < 5; attempt++) await limits.consume('password', 'fred')
      const refusal: unknown = await limits.consume('password', 'fred').catch((error: unknown) => error)
      expect(refusal).toMatchObject({ extras: { retryAfterSeconds: expect.any(Number) } })
      await limits.forgive('password', 'fred')
      await limits.consume('password', 'fred')
    })
  })
}

attemptLimitsContract('memory', createMemoryAttemptLimits())

const url = testRedisUrl()
if (url === undefined) it.skip('attempt limits on Redis: needs TEST_REDIS_URL', () => undefined)
else {
  const redis = connectRedis({ url, log: silentLog, prefix: redisKeyPrefix() })
  afterAll(() => redis.close())
  attemptLimitsContract('Redis', createRedisAttemptLimits(redis))
}

const nowhere = connectRedis({
  url: `redis://127.0.0.1:${await freePort()}`,
  log: silentLog,
  commandTimeoutMs: 200,
})
afterAll(() => nowhere.close())
attemptLimitsContract('a Redis that is away', createRedisAttemptLimits(nowhere))
