import { connectRedis, type RedisConnection } from '@innkeeper/coordination/redis-connection'
import { silentLog } from '@innkeeper/protocol/tools'
import { afterAll, it } from 'bun:test'
import { redisKeyPrefix, testRedisCluster, testRedisUrl } from '../../../tests/support/services'

/** Opens one more connection to the Redis of the suite; with the same prefix it is another node of the same house. */
export type OpenRedis = (prefix?: string) => RedisConnection

/**
 * Runs a suite on a real Redis and on a real Redis Cluster; where there is none, that is said.
 *
 * @param what  the port, as the name of a skipped test says it
 */
export function onEveryRedis(what: string, suite: (name: string, open: OpenRedis) => void): void {
  const cluster = testRedisCluster()?.map(({ host, port }) => `${host}:${port}`)
  const urls = { Redis: testRedisUrl(), 'Redis Cluster': cluster && `redis-cluster://${cluster.join(',')}` }
  for (const [name, url] of Object.entries(urls)) {
    if (url === undefined) it.skip(`${what} on ${name}: needs the services of npm test`, () => {})
    else suite(name, opener(url))
  }
}

function opener(url: string): OpenRedis {
  const connections: RedisConnection[] = []
  afterAll(async () => {
    await Promise.all(connections.map((connection) => connection.close()))
  })
  return (prefix = redisKeyPrefix()) => {
    const connection = connectRedis({ url, prefix, log: silentLog })
    connections.push(connection)
    return connection
  }
}
