import { afterAll, describe, expect, it } from 'bun:test'
import { canRunRedis, startOwnRedis } from '../../tests/support/own-redis'
import { redisKeyPrefix, testRedisCluster, testRedisUrl, until } from '../../tests/support/services'
import { connectRedis, type RedisConnection } from './redis-connection'
import { isRedisOutage, withDeadline } from './redis-outage'

const quiet = { info: () => undefined, error: () => undefined }
const nodes = testRedisCluster()?.map(({ host, port }) => `${host}:${port}`)
const cluster = nodes && `redis-cluster://${nodes.join(',')}`

for (const [name, url] of Object.entries({ Redis: testRedisUrl(), 'Redis Cluster': cluster })) {
  if (url) onRedis(name, url)
  else it.skip(`connection to ${name}: needs the services of npm test`, () => {})
}

function onRedis(name: string, url: string): void {
  describe(`connection to ${name}`, () => {
    const connections: RedisConnection[] = []
    const open = (): RedisConnection => {
      const connection = connectRedis({ url, prefix: redisKeyPrefix(), log: quiet })
      connections.push(connection)
      return connection
    }
    afterAll(() => Promise.all(connections.map((connection) => connection.close())))

    it('is up, and says so when it has become usable', async () => {
      const connection = open()
      let isReady = false
      connection.onReady(() => {
        isReady = true
      })
      await until(() => isReady)
      expect(await connection.isUp()).toBe(true)
    })

    it('carries messages from one node to all that listen', async () => {
      const [from, ...listeners] = [open(), open(), open()]
      const channel = redisKeyPrefix()
      const heard: string[] = []
      for (const listener of listeners) {
        const subscriber = listener.subscriber()
        subscriber.on('message', (_channel: string, text: string) => heard.push(text))
        await subscriber.subscribe(channel)
      }
      await from.commands.publish(channel, 'hello')
      await until(() => heard.length === 2)
      expect(heard).toEqual(['hello', 'hello'])
    })

    it('is not up any more when it was closed', async () => {
      const connection = open()
      expect(await connection.isUp()).toBe(true)
      await connection.close()
      expect(await connection.isUp()).toBe(false)
    })
  })
}

const onOwnRedis = canRunRedis() ? describe : describe.skip

onOwnRedis('connection to a Redis that comes and goes', () => {
  it('tells of an outage once and of the return once, and listens again', async () => {
    const redis = await startOwnRedis()
    const lines: string[] = []
    const log = {
      info: (_fields: object, message: string) => lines.push(message),
      error: (_fields: object, message: string) => lines.push(message),
    }
    const connection = connectRedis({ url: redis.url, log })
    try {
      const heard: string[] = []
      const subscriber = connection.subscriber()
      subscriber.on('message', (_channel: string, text: string) => heard.push(text))
      await subscriber.subscribe('news')
      await redis.kill()
      for (let call = 0; call < 3; call += 1) expect(await connection.isUp()).toBe(false)
      await redis.restart()
      await until(() => connection.isUp())
      await until(async () => {
        await connection.commands.publish('news', 'back')
        return heard.length > 0
      })
      expect(lines).toEqual([
        'Redis is connected',
        'Redis is not reachable; trying again until it is',
        'Redis is back',
      ])
    } finally {
      await connection.close()
      await redis.kill()
    }
  }, 20_000)

  it('never writes the password to the log', async () => {
    const lines: string[] = []
    const write = (fields: object, message: string) => lines.push(JSON.stringify(fields) + message)
    const connection = connectRedis({
      url: 'redis://me:hunter2@127.0.0.1:1',
      log: { info: write, error: write },
    })
    await until(() => lines.length > 0)
    await connection.close()
    expect(lines.join()).toContain('not reachable')
    expect(lines.join()).not.toContain('hunter2')
  })
})

describe('withDeadline', () => {
  it('gives back what came in time', async () => {
    expect(await withDeadline(Promise.resolve(7), 1_000)).toBe(7)
  })

  it('throws what was thrown in time', async () => {
    const mistake = new TypeError('our mistake')
    expect(await withDeadline(Promise.reject(mistake), 1_000).catch((error: unknown) => error)).toBe(mistake)
    expect(isRedisOutage(mistake)).toBe(false)
  })

  it('ends a wait that would never end, as an outage', async () => {
    const failure: unknown = await withDeadline(new Promise(() => {}), 20).catch((error: unknown) => error)
    expect(isRedisOutage(failure)).toBe(true)
  })
})
