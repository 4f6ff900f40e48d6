import { silentLog } from '@innkeeper/protocol/tools'
import { afterAll, describe, expect, it } from 'bun:test'
import { Redis } from 'ioredis'
import { redisKeyPrefix, testRedisCluster, testRedisUrl, until } from '../../../tests/support/services'
import { onEveryRedis } from '../testing/on-every-redis'
import { newNodeId, newRoomId } from '../testing/test-ids'
import type { Bus } from './bus'
import { busContract } from './bus-contract'
import { createMemoryNetwork } from './memory-bus'
import { createRedisBus } from './redis-bus'

busContract('memory', () => {
  const network = createMemoryNetwork()
  return { join: async () => network.join(newNodeId()) }
})

onEveryRedis('bus', (name, open) => {
  const buses: Bus[] = []
  afterAll(async () => {
    for (const bus of buses) await bus.close()
  })
  const network = () => {
    const prefix = redisKeyPrefix()
    return {
      async join() {
        const bus = await createRedisBus(open(prefix), newNodeId(), silentLog)
        buses.push(bus)
        return bus
      },
    }
  }
  busContract(name, network)

  describe(`bus on ${name}: after an outage`, () => {
    it('hears again when its subscription was cut', async () => {
      const others = await subscribers(name)
      const { join } = network()
      const [from, to] = [await join(), await join()]
      to.receive(() => 'heard')
      const message = { kind: 'close-room', roomId: newRoomId() } as const
      expect(await from.ask(to.nodeId, message, 2_000)).toBe('heard')
      const ours = [...(await subscribers(name))].filter(([client]) => !others.has(client))
      expect(ours.length).toBeGreaterThanOrEqual(2)
      for (const [, kill] of ours) await kill()
      await until(async () => (await from.ask(to.nodeId, message, 100)) === 'heard')
    })
  })
})

/** @returns how to cut each connection that only listens, by its server and id there */
async function subscribers(name: string): Promise<ReadonlyMap<string, () => Promise<unknown>>> {
  const cluster = (testRedisCluster() ?? []).map(({ host, port }) => `redis://${host}:${port}`)
  const found = new Map<string, () => Promise<unknown>>()
  for (const url of name === 'Redis' ? [testRedisUrl() ?? ''] : cluster) {
    const clients = String(await call(url, 'CLIENT', 'LIST', 'TYPE', 'pubsub'))
    for (const [, id = ''] of clients.matchAll(/^id=(\d+) /gm))
      found.set(`${url} ${id}`, () => call(url, 'CLIENT', 'KILL', 'ID', id))
  }
  return found
}

async function call(url: string, ...[command, ...args]: [string, ...string[]]): Promise<unknown> {
  const redis = new Redis(url)
  try {
    return await redis.call(command, ...args)
  } finally {
    redis.disconnect()
  }
}
