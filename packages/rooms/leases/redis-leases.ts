import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'
import type { NodeId, RoomId } from '@innkeeper/protocol/ids'
import { withOutages } from '../redis-outage'
import type { Leases, NodeAddress } from './leases'

/**
 * A lease names a node and has no end of its own; the node has one key with a short life. So a heartbeat costs one
 * command however many rooms a node holds, and a dead node's rooms are all free at once.
 *
 * ARGV: my node, the holder that was found dead (or ''). Takes a free lease, or that holder's.
 */
const acquireLua = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] and held ~= ARGV[2] then return held end
redis.call('SET', KEYS[1], ARGV[1])
return ARGV[1]`

const releaseLua = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`

export interface RedisLeasesOptions {
  readonly me: NodeAddress
  /** A node that says nothing for this long is dead. */
  readonly nodeTtlMs: number
}

export function createRedisLeases(connection: RedisConnection, { me, nodeTtlMs }: RedisLeasesOptions): Leases {
  const { commands, prefix } = connection
  const acquire = redisScript(connection, acquireLua)
  const release = redisScript(connection, releaseLua)
  const living = async (nodeId: NodeId): Promise<NodeAddress | undefined> => {
    const url = await commands.get(prefix + nodeKey(nodeId))
    return url === null ? undefined : { nodeId, url }
  }
  const sayAlive = async (): Promise<void> => {
    await commands.set(prefix + nodeKey(me.nodeId), me.url, 'PX', nodeTtlMs)
  }
  return withOutages<Leases>({
    me,
    async acquire(roomId) {
      let dead = ''
      for (;;) {
        const held = (await acquire([leaseKey(roomId)], [me.nodeId, dead])) as NodeId
        if (held === me.nodeId) return me
        const holder = await living(held)
        if (holder) return holder
        dead = held
      }
    },
    async holder(roomId) {
      const held = (await commands.get(prefix + leaseKey(roomId))) as NodeId | null
      return held === null ? undefined : await living(held)
    },
    async release(roomId) {
      await release([leaseKey(roomId)], [me.nodeId])
    },
    async heartbeat(held) {
      const wasAlive = (await commands.exists(prefix + nodeKey(me.nodeId))) === 1
      await sayAlive()
      // While the key lived nobody could take a lease, so there is nothing to look at.
      if (wasAlive) return []
      const holders = await Promise.all(held.map((roomId) => acquire([leaseKey(roomId)], [me.nodeId, ''])))
      return held.filter((_, index) => holders[index] !== me.nodeId)
    },
    async retire(held) {
      await Promise.all(held.map((roomId) => release([leaseKey(roomId)], [me.nodeId])))
      await commands.del(prefix + nodeKey(me.nodeId))
    },
  })
}

const leaseKey = (roomId: RoomId): string => `lease:${roomId}`
const nodeKey = (nodeId: NodeId): string => `node:${nodeId}`
