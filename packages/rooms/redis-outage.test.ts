import { connectRedis, type RedisConnection } from '@innkeeper/coordination/redis-connection'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog } from '@innkeeper/protocol/tools'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'bun:test'
import { canRunRedis, startOwnRedis, type OwnRedis } from '../../tests/support/own-redis'
import { until } from '../../tests/support/until'
import type { Bus } from './bus/bus'
import { createRedisBus } from './bus/redis-bus'
import type { Directory } from './directory/directory'
import { createRedisDirectory } from './directory/redis-directory'
import type { Leases } from './leases/leases'
import { createRedisLeases } from './leases/redis-leases'
import type { Presence, PresenceEntry } from './presence/presence'
import { createRedisPresence } from './presence/redis-presence'
import { withOutages } from './redis-outage'
import { failureOf, problemOf } from './testing/problem-of'
import { newConnectionId, newNodeId, newRoomId, playerUuid, testKey, testRecord } from './testing/test-ids'

/** Two seconds, and what a busy machine takes on top. */
const soonMs = 2_900

interface Ports {
  readonly directory: Directory
  readonly presence: Presence
  readonly leases: Leases
}

function openPorts(connection: RedisConnection): Ports {
  const me = { nodeId: newNodeId(), url: 'http://node.example' }
  return {
    directory: createRedisDirectory(connection, Date.now),
    presence: createRedisPresence(connection, { ttlMs: 60_000 }),
    leases: createRedisLeases(connection, { me, nodeTtlMs: 60_000 }),
  }
}

/** One call of every kind: plain commands, scripts, several steps. */
function callsOn({ directory, presence, leases }: Ports): readonly Promise<unknown>[] {
  const [place, record] = [newPlace(), testRecord()]
  return [
    Promise.resolve(directory.find(record.id)),
    directory.create(record, [testKey(record)]),
    directory.list({ limit: 10 }),
    Promise.resolve(presence.find(place.uuid)),
    Promise.resolve(presence.claim(place)),
    presence.heartbeat([{ ...place, since: 0, epoch: 1 }]),
    leases.acquire(record.id),
    Promise.resolve(leases.holder(record.id)),
    leases.heartbeat([record.id]),
  ]
}

function newPlace() {
  return { uuid: playerUuid(), roomId: newRoomId(), nodeId: newNodeId(), connectionId: newConnectionId() }
}

async function expectUnavailable(calls: readonly Promise<unknown>[]): Promise<void> {
  const start = performance.now()
  const problems = await Promise.all(calls.map(problemOf))
  expect(problems).toEqual(problems.map(() => 'unavailable'))
  expect(performance.now() - start).toBeLessThan(soonMs)
}

const suite = canRunRedis() ? describe : describe.skip

suite('rooms while Redis is away', () => {
  let redis: OwnRedis
  let connection: RedisConnection
  let ports: Ports
  let buses: readonly Bus[]
  const connections: RedisConnection[] = []

  beforeAll(async () => {
    redis = await startOwnRedis()
  })
  beforeEach(async () => {
    connection = connectRedis({ url: redis.url, log: silentLog })
    const there = connectRedis({ url: redis.url, log: silentLog })
    connections.push(connection, there)
    ports = openPorts(connection)
    buses = await Promise.all([connection, there].map((each) => createRedisBus(each, newNodeId(), silentLog)))
    for (const bus of buses) bus.receive(() => 'heard')
  })
  afterEach(async () => {
    for (const each of connections.splice(0)) await each.close()
  })
  afterAll(() => redis.kill())

  const works = async (): Promise<true> => {
    await Promise.all(callsOn(ports))
    const [here, there] = buses
    expect(
      await here?.ask(there?.nodeId ?? newNodeId(), { kind: 'close-room', roomId: newRoomId() }, 200),
    ).toBe('heard')
    expect(await connection.isUp()).toBe(true)
    return true
  }
  const tellAndAsk = (): readonly Promise<unknown>[] => {
    const message = { kind: 'close-room', roomId: newRoomId() } as const
    return buses.flatMap((bus) => [bus.tell('all', message), bus.ask(newNodeId(), message, 5_000)])
  }

  it('says `unavailable` within two seconds when Redis hangs, call after call, and goes on when it is back', async () => {
    await works()
    redis.freeze()
    try {
      // What comes second stands behind a pipeline that hangs already.
      const first = expectUnavailable(callsOn(ports))
      await new Promise(setImmediate)
      await Promise.all([first, expectUnavailable(callsOn(ports)), expectUnavailable(tellAndAsk())])
      await expectUnavailable(callsOn(ports))
      expect(await connection.isUp()).toBe(false)
    } finally {
      redis.thaw()
    }
    await until(works)
  }, 20_000)

  it('says `unavailable` when Redis was killed, and goes on with an empty one after its restart', async () => {
    await works()
    const entry = await claimed(ports.presence)
    const rooms = [newRoomId(), newRoomId()]
    for (const roomId of rooms) await ports.leases.acquire(roomId)
    const underWay = callsOn(ports).map(failureOf)
    await redis.kill()
    // What was on its way may have been done or not, but is told one way or the other.
    for (const failure of await Promise.all(underWay)) if (failure) expect(failure).toBeInstanceOf(AppError)
    await expectUnavailable([...callsOn(ports), ...tellAndAsk()])
    expect(await connection.isUp()).toBe(false)
    await redis.restart()
    await until(works)
    expect(await ports.presence.find(entry.uuid)).toBeUndefined()
    expect(await ports.presence.heartbeat([entry])).toEqual([])
    expect(await ports.presence.find(entry.uuid)).toEqual(entry)
    expect(await ports.leases.heartbeat(rooms)).toEqual([])
    for (const roomId of rooms) expect(await ports.leases.holder(roomId)).toEqual(ports.leases.me)
  }, 20_000)

  it('says `unavailable` when Redis was never there, and starts to work when it comes', async () => {
    await redis.kill()
    const early = connectRedis({ url: redis.url, log: silentLog })
    connections.push(early)
    const earlyPorts = openPorts(early)
    await expectUnavailable(callsOn(earlyPorts))
    await redis.restart()
    await until(() => Promise.all(callsOn(earlyPorts)))
  }, 20_000)
})

describe('rooms without a Redis Cluster', () => {
  it('say `unavailable` within two seconds when none of its nodes can be reached', async () => {
    const connection = connectRedis({ url: 'redis-cluster://127.0.0.1:1,127.0.0.1:2', log: silentLog })
    try {
      const ports = openPorts(connection)
      await expectUnavailable(callsOn(ports))
      await expectUnavailable(callsOn(ports))
      expect(await connection.isUp()).toBe(false)
    } finally {
      await connection.close()
    }
  }, 20_000)
})

describe('withOutages', () => {
  it('leaves mistakes of ours, expected failures and plain members as they are', async () => {
    const mistake = new TypeError('our mistake')
    const port = withOutages({
      name: 'port',
      now: () => 7,
      fails: () => Promise.reject(mistake),
      refuses: () => Promise.reject(new AppError('conflict')),
      works: async (one: number, other: number) => one + other,
    })
    expect([port.name, port.now(), await port.works(1, 2)]).toEqual(['port', 7, 3])
    expect(await failureOf(port.fails())).toBe(mistake)
    expect(await problemOf(port.refuses())).toBe('conflict')
  })

  it.each([
    ['READONLY You can’t write against a read only replica.'],
    ['LOADING Redis is loading the dataset in memory'],
    ['CLUSTERDOWN The cluster is down'],
    ['OOM command not allowed when used memory > maxmemory.'],
    ['MISCONF Redis is configured to save RDB snapshots'],
    ['connect ECONNREFUSED 127.0.0.1:6379'],
    ['write EPIPE'],
    ['None of startup nodes is available'],
    ["Socket timeout. Expecting data, but didn't receive any in 4000ms."],
  ])('takes %p for an outage, and says when to come back', async (message) => {
    const port = withOutages({ call: () => Promise.reject(new Error(message)) })
    const failure = await failureOf(port.call())
    expect(failure).toMatchObject({ code: 'unavailable', extras: { retryAfterSeconds: 2 } })
  })

  it.each([
    ['WRONGTYPE Operation against a key holding the wrong kind of value'],
    ['ERR Error running script: LOADING'],
  ])('does not take %p for one', async (message) => {
    const port = withOutages({ call: () => Promise.reject(new Error(message)) })
    expect((await failureOf(port.call()))?.message).toBe(message)
  })
})

async function claimed(presence: Presence): Promise<PresenceEntry> {
  const claim = await presence.claim(newPlace())
  if (claim.kind !== 'claimed') throw new Error('The place was taken')
  return claim.entry
}
