import { describe, expect, it } from 'bun:test'
import { redisKeyPrefix } from '../../../tests/support/services'
import { onEveryRedis } from '../testing/on-every-redis'
import { newNodeId, newRoomId } from '../testing/test-ids'
import type { NodeAddress } from './leases'
import { houseNodeTtlMs, leasesContract, sharedLeasesContract } from './leases-contract'
import { createMemoryLeases } from './memory-leases'
import { createRedisLeases } from './redis-leases'

leasesContract('memory', createMemoryLeases)

onEveryRedis('leases', (name, open) => {
  const prefix = redisKeyPrefix()
  leasesContract(name, (me) => createRedisLeases(open(prefix), { me, nodeTtlMs: houseNodeTtlMs }))
  sharedLeasesContract(name, (house, me) =>
    createRedisLeases(open(prefix + house), { me, nodeTtlMs: houseNodeTtlMs }),
  )

  describe(`leases on ${name}: what Redis has lost`, () => {
    it('is said again with a heartbeat; a rival that came first is found', async () => {
      const connection = open()
      const node = (): NodeAddress => ({ nodeId: newNodeId(), url: 'http://node.example' })
      const options = { nodeTtlMs: 60_000 }
      const [a, b] = [node(), node()].map((me) => createRedisLeases(connection, { me, ...options }))
      if (!a || !b) return
      const [healed, lost] = [newRoomId(), newRoomId()]
      for (const roomId of [healed, lost]) {
        await a.acquire(roomId)
        await connection.commands.del(`${connection.prefix}lease:${roomId}`)
      }
      await b.acquire(lost)
      expect(await a.heartbeat([healed, lost])).toEqual([lost])
      expect(await b.acquire(healed)).toEqual(a.me)
    })
  })
})
