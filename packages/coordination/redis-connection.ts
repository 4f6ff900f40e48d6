import { Cluster, Redis } from 'ioredis'
import { withDeadline } from './redis-outage'

/** What a connection reports; the fields never hold the password. */
export interface ConnectionLog {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface RedisConnection {
  readonly commands: Redis | Cluster
  readonly isCluster: boolean
  /** Put before every key and channel, so that several deployments can share one Redis. */
  readonly prefix: string
  /** A connection of its own for pub/sub; it subscribes again by itself after a lost connection. */
  subscriber(): Redis | Cluster
  /** @returns whether Redis answers within the command timeout */
  isUp(): Promise<boolean>
  /** Runs `listener` each time the connection is usable again. */
  onReady(listener: () => void): void
  close(): Promise<void>
}

export interface RedisConnectionOptions {
  /** `redis://[user:password@]host:port[/db]`, `rediss://…`, or `redis-cluster://host:port,host:port,…`. */
  readonly url: string
  readonly log: ConnectionLog
  readonly prefix?: string
  /** No command waits longer than this (2,000) for its answer, once it is sent. `withDeadline` counts from the call. */
  readonly commandTimeoutMs?: number
}

/** Opens Redis or Redis Cluster. Returns at once: commands fail within their timeout while Redis is away. */
export function connectRedis(options: RedisConnectionOptions): RedisConnection {
  const prefix = options.prefix ?? ''
  const commandTimeoutMs = options.commandTimeoutMs ?? 2_000
  const commands = openClient(options, {
    enableAutoPipelining: true,
    commandTimeout: commandTimeoutMs,
    socketTimeout: 2 * commandTimeoutMs,
    maxRetriesPerRequest: 1,
  })
  const subscribers: (Redis | Cluster)[] = []
  report(commands, options.log)
  return {
    commands,
    isCluster: commands instanceof Cluster,
    prefix,
    subscriber() {
      // A subscriber must outlive any outage, so it queues its subscriptions instead of giving up on them.
      const subscriber = openClient(options, {
        enableAutoPipelining: false,
        commandTimeout: undefined,
        socketTimeout: undefined,
        maxRetriesPerRequest: null,
      })
      subscriber.on('error', () => {}) // The command connection has reported the same outage.
      subscribers.push(subscriber)
      return subscriber
    },
    async isUp() {
      try {
        await withDeadline(commands.ping(), commandTimeoutMs)
        return true
      } catch {
        return false // The caller asked a yes-or-no question; the outage is logged by `report`.
      }
    },
    onReady(listener) {
      commands.on('ready', listener)
    },
    async close() {
      for (const client of [commands, ...subscribers]) client.disconnect()
      await Promise.resolve()
    },
  }
}

interface ClientOptions {
  readonly enableAutoPipelining: boolean
  /** Undefined: as long as it takes. */
  readonly commandTimeout: number | undefined
  /** A line that is silent for this long although something was asked is cut, and opened anew. */
  readonly socketTimeout: number | undefined
  /** How often a command is tried over a connection that ends; null: until it is through. */
  readonly maxRetriesPerRequest: number | null
}

function openClient({ url }: RedisConnectionOptions, options: ClientOptions): Redis | Cluster {
  const retryAfterMs = (attempt: number): number => Math.min(50 * 2 ** attempt, 1_000)
  const redisOptions = { connectTimeout: 2_000, ...options }
  const first = new URL(url.replace(/,.*$/, ''))
  if (first.protocol !== 'redis-cluster:')
    return new Redis(url, { ...redisOptions, retryStrategy: retryAfterMs })
  const { enableAutoPipelining, ...nodeOptions } = redisOptions
  const password = first.password === '' ? {} : { password: decodeURIComponent(first.password) }
  return new Cluster(clusterNodes(url), {
    enableAutoPipelining,
    redisOptions: { ...nodeOptions, ...password },
    clusterRetryStrategy: retryAfterMs,
    slotsRefreshTimeout: 2_000,
    maxRedirections: 8,
  })
}

function clusterNodes(url: string): { host: string; port: number }[] {
  const hosts = url
    .replace(/^redis-cluster:\/\//, '')
    .replace(/^[^@]*@/, '')
    .replace(/\/.*$/, '')
  return hosts.split(',').map((pair) => {
    const at = pair.lastIndexOf(':')
    return { host: pair.slice(0, at), port: Number(pair.slice(at + 1)) }
  })
}

function report(client: Redis | Cluster, log: ConnectionLog): void {
  let isDown = false
  client.on('error', (error: Error) => {
    if (isDown) return
    isDown = true
    log.error({ error: error.message }, 'Redis is not reachable; trying again until it is')
  })
  client.on('ready', () => {
    log.info({}, isDown ? 'Redis is back' : 'Redis is connected')
    isDown = false
  })
}
