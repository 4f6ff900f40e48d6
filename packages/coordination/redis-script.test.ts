import { afterAll, describe, expect, it } from 'bun:test'
import { redisKeyPrefix, testRedisCluster, testRedisUrl } from '../../tests/support/services'
import { connectRedis } from './redis-connection'
import { redisScript } from './redis-script'

const quiet = { info: () => undefined, error: () => undefined }
const nodes = testRedisCluster()?.map(({ host, port }) => `${host}:${port}`)
const cluster = nodes && `redis-cluster://${nodes.join(',')}`

for (const [name, url] of Object.entries({ Redis: testRedisUrl(), 'Redis Cluster': cluster })) {
  if (url) onRedis(name, url)
  else it.skip(`scripts on ${name}: needs the services of npm test`, () => {})
}

function onRedis(name: string, url: string): void {
  describe(`scripts on ${name}`, () => {
    const connection = connectRedis({ url, prefix: redisKeyPrefix(), log: quiet })
    afterAll(() => connection.close())
    // A text of its own each time, so that no server has met it before.
    const unknown = (lua: string): string => `-- ${crypto.randomUUID()}\n${lua}`

    it('run though the server does not know them, as after a restart', async () => {
      const add = redisScript(connection, unknown('return redis.call("INCRBY", KEYS[1], ARGV[1])'))
      expect(await add(['count'], [5])).toBe(5)
      expect(await add(['count'], [2])).toBe(7)
    })

    it('put the prefix before every key', async () => {
      const set = redisScript(connection, unknown('redis.call("MSET", KEYS[1], ARGV[1], KEYS[2], ARGV[1])'))
      await set(['{pair}:a', '{pair}:b'], ['here'])
      expect(await connection.commands.get(`${connection.prefix}{pair}:b`)).toBe('here')
    })

    it('run one at a time, on whichever node their key lies, many at once', async () => {
      const add = redisScript(connection, unknown('return redis.call("INCR", KEYS[1])'))
      const keys = Array.from({ length: 20 }, (_, index) => `counter:{${index}}`)
      const counts = await Promise.all(
        keys.flatMap((key) => Array.from({ length: 10 }, () => add([key], []))),
      )
      expect(counts.toSorted((one, other) => Number(one) - Number(other))).toEqual(
        Array.from({ length: 200 }, (_, index) => 1 + Math.floor(index / 20)),
      )
    })

    it('fail with what they say themselves', async () => {
      const fail = redisScript(connection, unknown('return redis.error_reply("WRONG on purpose")'))
      const failure: unknown = await fail(['key'], []).catch((error: unknown) => error)
      expect(String(failure)).toContain('WRONG on purpose')
    })
  })
}
