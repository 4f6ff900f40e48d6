import { randomUUID } from 'node:crypto'
import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'
import type { NodeId, RoomId } from '@innkeeper/protocol/ids'
import { withOutages } from '../redis-outage'
import type { Leases, NodeAddress } from './leases'

/**
 * A lease is `nodeId|life`, and the node has one key with a short end that says `life|url`. So a heartbeat costs one
 * command however many rooms a node holds, and a dead node's rooms are all free at once.
 *
 * A life whose key has lapsed never comes back: a node that was silent for too long starts a new one, and has to take
 * its leases again. Without that, a rival that has just found it dead would take a room from a node that is back and
 * believes that it still holds the room.
 */
const surviveLua = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`

/** ARGV: my lease, one that may be replaced (a dead one, or one of my earlier life; or ''), ms. @returns the lease */
const acquireLua = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] and held ~= ARGV[2] then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return ARGV[1]`

const releaseLua = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`

export interface RedisLeasesOptions {
  readonly me: NodeAddress
  /** A node that says nothing for this long is dead. */
  readonly nodeTtlMs: number
}

/** A lease of a dead node that nobody asks for is cleared away after this. */
const forgottenAfterMs = 24 * 60 * 60 * 1_000
/** So many leases are said again with each heartbeat: that heals one that Redis lost, and finds a rival's. */
const leasesPerHeartbeat = 100

export function createRedisLeases(connection: RedisConnection, options: RedisLeasesOptions): Leases {
  const { me } = options
  const { commands, prefix } = connection
  const acquire = redisScript(connection, acquireLua)
  const release = redisScript(connection, releaseLua)
  const life = createNodeLife(connection, options)
  /** Rooms whose lease is mine, each as I last took it; the one that was looked at longest ago stands first. */
  const mine = new Map<RoomId, string>()

  /** @returns the lease that stands: mine, when nobody else has it or has the one to be `replaced` */
  const take = async (roomId: RoomId, replaced: string): Promise<string> =>
    String(await acquire([leaseKey(roomId)], [life.lease(), replaced, forgottenAfterMs]))
  const takeAgain = async (roomId: RoomId, replaced: string): Promise<void> => {
    const held = await take(roomId, replaced)
    // Given back while the answer was on its way: it must not become mine again.
    if (mine.get(roomId) !== replaced) return
    mine.delete(roomId)
    if (held === life.lease()) mine.set(roomId, held)
  }
  const giveBack = async (roomId: RoomId): Promise<void> => {
    const held = mine.get(roomId)
    mine.delete(roomId)
    if (held !== undefined) await release([leaseKey(roomId)], [held])
  }

  return withOutages<Leases>({
    me,
    async acquire(roomId) {
      await life.begin()
      let dead = mine.get(roomId) ?? ''
      for (;;) {
        const held = await take(roomId, dead)
        // Unequal too when a new life began while the answer was on its way: then this one is replaced like a dead one.
        if (held === life.lease()) {
          mine.set(roomId, held)
          return me
        }
        const holder = await findLiving(connection, held)
        if (holder) return holder
        dead = held
      }
    },
    async holder(roomId) {
      const held = await commands.get(prefix + leaseKey(roomId))
      return held === null ? undefined : await findLiving(connection, held)
    },
    release: giveBack,
    async heartbeat(held) {
      const isSameLife = await life.goOn()
      const leases = [...mine].slice(0, isSameLife ? leasesPerHeartbeat : mine.size)
      await Promise.all(leases.map(([roomId, taken]) => takeAgain(roomId, taken)))
      return held.filter((roomId) => !mine.has(roomId))
    },
    async retire(held) {
      await Promise.all([...new Set([...held, ...mine.keys()])].map(giveBack))
      await life.end()
    },
  })
}

interface NodeLife {
  /** What marks a room as this node's, in its present life. */
  lease(): string
  /** Says that this node lives, unless it has said so before. */
  begin(): Promise<void>
  /** Says that it still lives. @returns false when it was taken for dead: then this is another life */
  goOn(): Promise<boolean>
  end(): Promise<void>
}

function createNodeLife(connection: RedisConnection, { me, nodeTtlMs }: RedisLeasesOptions): NodeLife {
  const { commands, prefix } = connection
  const survive = redisScript(connection, surviveLua)
  const key = nodeKey(me.nodeId)
  const state: { life?: string; beginning?: Promise<void> | undefined } = {}
  const start = async (): Promise<void> => {
    const next = randomUUID()
    await commands.set(prefix + key, `${next}|${me.url}`, 'PX', nodeTtlMs)
    state.life = next
  }
  const startOnce = (): Promise<void> =>
    (state.beginning ??= start().finally(() => {
      state.beginning = undefined
    }))
  return {
    lease: () => `${me.nodeId}|${state.life}`,
    async begin() {
      if (state.life === undefined) await startOnce()
    },
    async goOn() {
      const isKnown = state.life !== undefined
      if (isKnown && (await survive([key], [`${state.life}|${me.url}`, nodeTtlMs])) === 1) return true
      await startOnce()
      return false
    },
    async end() {
      delete state.life
      await commands.del(prefix + key)
    },
  }
}

/** @returns the node of a lease, if it still lives the life in which it took it */
async function findLiving(
  { commands, prefix }: RedisConnection,
  lease: string,
): Promise<NodeAddress | undefined> {
  const { nodeId, life } = parseLease(lease)
  const node = await commands.get(prefix + nodeKey(nodeId))
  return node?.startsWith(`${life}|`) ? { nodeId, url: node.slice(life.length + 1) } : undefined
}

const leaseKey = (roomId: RoomId): string => `lease:${roomId}`
const nodeKey = (nodeId: NodeId): string => `node:${nodeId}`

/** Reads back what `NodeLife.lease` wrote. A life is a UUID, so the last bar divides. */
function parseLease(lease: string): { nodeId: NodeId; life: string } {
  const bar = lease.lastIndexOf('|')
  return { nodeId: lease.slice(0, bar) as NodeId, life: lease.slice(bar + 1) }
}
