import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { NodeId } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { createSqlArchive } from '@innkeeper/rooms/archive/sql-archive'
import { createMemoryNetwork } from '@innkeeper/rooms/bus/memory-bus'
import { createRedisBus } from '@innkeeper/rooms/bus/redis-bus'
import type { RoomPorts } from '@innkeeper/rooms/create-rooms'
import { createArchivedDirectory } from '@innkeeper/rooms/directory/archived-directory'
import { createMemoryDirectory } from '@innkeeper/rooms/directory/memory-directory'
import { createRedisDirectory } from '@innkeeper/rooms/directory/redis-directory'
import { createSqlJournal } from '@innkeeper/rooms/journal/sql-journal'
import type { NodeAddress } from '@innkeeper/rooms/leases/leases'
import { createMemoryLeases } from '@innkeeper/rooms/leases/memory-leases'
import { createRedisLeases } from '@innkeeper/rooms/leases/redis-leases'
import type { RoomTables } from '@innkeeper/rooms/migrations/rooms-migrations'
import { createMemoryPresence } from '@innkeeper/rooms/presence/memory-presence'
import { createRedisPresence } from '@innkeeper/rooms/presence/redis-presence'
import type { Database } from '@innkeeper/storage/open-database'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import { roomTypes } from './room-types'

export interface PortsOptions {
  /** Absent: this node is the only one. */
  readonly redis: RedisConnection | undefined
  readonly database: Database<RoomTables>
  readonly revocations: Revocations
  /** Where other nodes and clients reach this one. */
  readonly url: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** A node that is silent for this long has lost its rooms. */
const nodeTtlMs = 2_000

/** Chooses what rooms stand on: memory for a single node, Redis for several. Durable things are in SQL either way. */
export async function createPorts(options: PortsOptions): Promise<RoomPorts> {
  const { redis, database, revocations, clock, random, log } = options
  const me: NodeAddress = { nodeId: parseNodeId(random.uuid()), url: options.url }
  const ttl = { ttlMs: limits.presenceTtlMs }
  const known = redis ? createRedisDirectory(redis, clock) : createMemoryDirectory(clock)
  return {
    directory: createArchivedDirectory(known, createSqlArchive(database), isDurable),
    presence: redis ? createRedisPresence(redis, ttl) : createMemoryPresence({ clock, ...ttl }),
    leases: redis ? createRedisLeases(redis, { me, nodeTtlMs }) : createMemoryLeases(me),
    bus: redis ? await createRedisBus(redis, me.nodeId, log) : createMemoryNetwork(log).join(me.nodeId),
    journal: createSqlJournal(database),
    revocations,
  }
}

function isDurable(type: string): boolean {
  return roomTypes.some(({ name, journal }) => name === type && journal === 'durable')
}

/** The one place where a node gets its id. */
function parseNodeId(uuid: string): NodeId {
  return uuid as NodeId
}
