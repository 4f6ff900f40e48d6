import { connectRedis, type RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { silentLog } from '@innkeeper/protocol/tools'
import { afterAll, describe, expect, it } from 'bun:test'
import { redisKeyPrefix, testRedisCluster, testRedisUrl } from '../../../tests/support/services'
import { until } from '../../../tests/support/until'
import { cutProxy } from '../test-support/cut-proxy'
import { keptLog, stillClock } from '../test-support/effects'
import { redisRevocations } from './redis-revocations'
import type { Revocations } from './revocations'
import { revocationsContract } from './revocations-contract'

const sid = 'sign-in-1' as SignInId
const uuid = 'player-1' as PlayerUuid
const single = testRedisUrl()
const cluster = testRedisCluster()

if (single) onRedis('Redis', single)
else it.skip('revocations on Redis: needs TEST_REDIS_URL', () => {})
if (cluster)
  onRedis('Redis Cluster', `redis-cluster://${cluster.map(({ host, port }) => `${host}:${port}`).join(',')}`)
else it.skip('revocations on Redis Cluster: needs TEST_REDIS_CLUSTER', () => {})

function onRedis(name: string, url: string): void {
  const connections: RedisConnection[] = []
  const open = (prefix: string) => {
    const connection = connectRedis({ url, prefix, log: silentLog })
    connections.push(connection)
    return connection
  }
  afterAll(async () => {
    for (const connection of connections) await connection.close()
  })

  revocationsContract(name, ({ clock }) => {
    const prefix = redisKeyPrefix()
    const nodes: Revocations[] = []
    return {
      async start() {
        const node = redisRevocations(open(prefix), { clock, log: silentLog })
        nodes.push(node)
        await node.start()
        return node
      },
      async close() {
        for (const node of nodes) await node.close()
      },
    }
  })

  describe(`revocations: ${name} alone`, () => {
    it('[SEC-104] learns of a revocation whose message was lost at the next resync', async () => {
      const { clock, nowMs } = stillClock()
      const connection = open(redisKeyPrefix())
      const node = redisRevocations(connection, { clock, log: silentLog, resyncMs: 50 })
      await node.start()
      const heard: string[] = []
      node.onRevoked(({ kind }) => heard.push(kind))
      const member = JSON.stringify({ kind: 'sign-in', sid, untilMs: nowMs + 60_000 })
      await connection.commands.zadd(`${connection.prefix}revocations`, Date.now(), member)
      await until(() => node.isRevoked({ sid, uuid, iat: 0 }))
      expect(heard).toEqual(['sign-in'])
      await node.close()
    })

    it('lets nothing stay in Redis for longer than it is kept', async () => {
      const { clock, nowMs } = stillClock()
      const connection = open(redisKeyPrefix())
      const node = redisRevocations(connection, { clock, log: silentLog, keepMs: 200 })
      await node.revokeSignIn(sid, nowMs + 60_000)
      const key = `${connection.prefix}revocations`
      expect(await connection.commands.zcard(key)).toBe(1)
      await until(async () => (await connection.commands.exists(key)) === 0)
      await node.close()
    })

    it('passes over what it does not understand', async () => {
      const { clock } = stillClock()
      const { log, lines } = keptLog()
      const connection = open(redisKeyPrefix())
      for (const member of ['x', '1', 'null', '{"kind":"sign-in"}', '{"kind":"other","untilMs":9e15}']) {
        await connection.commands.zadd(`${connection.prefix}revocations`, Date.now(), member)
      }
      const node = redisRevocations(connection, { clock, log })
      await node.start()
      expect(lines.filter((line) => line.includes('malformed')).length).toBeGreaterThanOrEqual(5)
      await node.close()
    })
  })
}

describe.skipIf(!single)('revocations: a node that loses Redis', () => {
  it('does not start without it, and starts when it is there', async () => {
    await withCutNetwork(async ({ network, node, there }) => {
      network.cut()
      await expect(node.start()).rejects.toThrow()
      await network.mend()
      await there.revokeSignIn(sid, stillClock().nowMs + 60_000)
      await until(async () => {
        await node.start()
        return true
      })
      expect(node.isRevoked({ sid, uuid, iat: 0 })).toBe(true)
    })
  })

  it('learns what it missed, and shares what it revoked meanwhile, when Redis is back', async () => {
    await withCutNetwork(async ({ network, node, there }) => {
      await node.start()
      network.cut()
      const [mine, theirs] = ['mine' as SignInId, 'theirs' as SignInId]
      await node.revokeSignIn(mine, stillClock().nowMs + 60_000)
      expect(node.isRevoked({ sid: mine, uuid, iat: 0 })).toBe(true)
      await there.revokeSignIn(theirs, stillClock().nowMs + 60_000)
      expect(there.isRevoked({ sid: mine, uuid, iat: 0 })).toBe(false)
      expect(node.isRevoked({ sid: theirs, uuid, iat: 0 })).toBe(false)
      await network.mend()
      await until(() => node.isRevoked({ sid: theirs, uuid, iat: 0 }))
      await until(() => there.isRevoked({ sid: mine, uuid, iat: 0 }))
    })
  })

  async function withCutNetwork(
    use: (nodes: {
      network: Awaited<ReturnType<typeof cutProxy>>
      node: Revocations
      there: Revocations
    }) => Promise<void>,
  ): Promise<void> {
    const { clock } = stillClock()
    const prefix = redisKeyPrefix()
    const url = new URL(single ?? '')
    const network = await cutProxy({ host: url.hostname, port: Number(url.port) })
    url.port = String(network.port)
    // A timeout longer than the retries: a command that fails has left the client's queue, and nothing sends it later.
    const throughNetwork = connectRedis({ url: url.href, prefix, log: silentLog, commandTimeoutMs: 5_000 })
    const direct = connectRedis({ url: single ?? '', prefix, log: silentLog })
    // The resync is left out of it: the connection's return alone must do.
    const node = redisRevocations(throughNetwork, { clock, log: silentLog, resyncMs: 3_600_000 })
    const there = redisRevocations(direct, { clock, log: silentLog })
    try {
      await there.start()
      await use({ network, node, there })
    } finally {
      for (const revocations of [node, there]) await revocations.close()
      for (const connection of [throughNetwork, direct]) await connection.close()
      network.cut()
    }
  }
})
