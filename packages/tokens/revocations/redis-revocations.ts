import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'
import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import type { Clock, Log } from '@innkeeper/protocol/tools'
import { createRevocationList } from './revocation-list'
import { defaultKeepMs, type Revocation, type Revocations } from './revocations'

const indexKey = 'revocations'
const channelName = 'revocations'
/** Read again at each resync, for what was being written while the last one looked. */
const overlapMs = 5_000
/** While Redis is away, this many wait to be written. */
const maxUnwritten = 10_000

// One sorted set holds them all, by Redis's own time of writing, so that nodes whose clocks differ can ask for what is
// new. KEYS: index. ARGV: member, keep (ms), channel.
const recordScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[1])
return now`

// KEYS: index. ARGV: oldest time wanted. Answers Redis's time and the members.
const readScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return {now, redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], '+inf')}`

type Subscriber = ReturnType<RedisConnection['subscriber']>

/**
 * Revocations of many nodes. Each is published at once, and kept in a sorted set that every node reads again each
 * `resyncMs`, so that a lost message delays it by that much and no more. While Redis is away a revocation counts on
 * this node, and is written when Redis is back.
 */
export function redisRevocations(
  connection: RedisConnection,
  options: {
    readonly clock: Clock
    readonly log: Log
    /** No revocation is kept longer; more than the life of any token. 31 min unless told. */
    readonly keepMs?: number
    /** 60 s unless told. */
    readonly resyncMs?: number
  },
): Revocations {
  const { log } = options
  const keepMs = options.keepMs ?? defaultKeepMs
  const list = createRevocationList(options)
  const channel = connection.prefix + channelName
  const record = redisScript(connection, recordScript)
  const read = redisScript(connection, readScript)
  const unwritten = new Set<string>()
  let readUpToMs = 0
  let subscriber: Subscriber | undefined
  let timer: ReturnType<typeof setInterval> | undefined

  async function write(member: string): Promise<void> {
    unwritten.add(member)
    await record([indexKey], [member, keepMs, channel])
    unwritten.delete(member)
  }

  async function revoke(revocation: Revocation): Promise<void> {
    list.add(revocation)
    try {
      await write(JSON.stringify(revocation))
    } catch (error) {
      log.error({ error }, 'A revocation could not be shared; trying again until it is')
      const [oldest] = unwritten
      if (oldest !== undefined && unwritten.size > maxUnwritten) unwritten.delete(oldest)
    }
  }

  function learn(member: unknown): void {
    const revocation = parseRevocation(member)
    if (revocation) list.add(revocation)
    else log.error({}, 'A revocation in Redis is malformed')
  }

  async function resync(): Promise<void> {
    for (const member of unwritten) await write(member)
    const [nowMs, members] = parseReading(await read([indexKey], [Math.max(0, readUpToMs - overlapMs)]))
    for (const member of members) learn(member)
    readUpToMs = nowMs
  }

  /** Subscribes before it reads, so that nothing falls between the two. */
  async function listen(): Promise<void> {
    await subscriber?.subscribe(channel)
    await resync()
  }

  function openSubscriber(): Subscriber {
    const opened = connection.subscriber()
    opened.on('message', (from: string, member: string) => {
      if (from === channel) learn(member)
    })
    opened.on('ready', () => void reportFailure(listen()))
    return opened
  }

  async function reportFailure(attempt: Promise<void>): Promise<void> {
    try {
      await attempt
    } catch (error) {
      log.error({ error }, 'Revocations could not be read; trying again')
    }
  }

  return {
    isRevoked: (token) => list.has(token),
    revokeSignIn: (sid, untilMs) =>
      revoke({ kind: 'sign-in', sid, untilMs: Math.min(untilMs, options.clock() + keepMs) }),
    revokePlayer: (uuid, beforeMs) => revoke({ kind: 'player', uuid, beforeMs, untilMs: beforeMs + keepMs }),
    onRevoked: (listener) => list.onAdded(listener),
    async start() {
      // First, because it fails in time where a subscription would wait for Redis without end.
      await resync()
      subscriber ??= openSubscriber()
      await listen()
      clearInterval(timer)
      timer = setInterval(() => void reportFailure(resync()), options.resyncMs ?? 60_000)
    },
    close() {
      clearInterval(timer)
      subscriber?.removeAllListeners('message')
      subscriber?.removeAllListeners('ready')
      subscriber?.disconnect()
      return Promise.resolve()
    },
  }
}

function parseReading(answer: unknown): readonly [number, readonly unknown[]] {
  if (!Array.isArray(answer) || typeof answer[0] !== 'number' || !Array.isArray(answer[1])) {
    throw new Error('Redis gave an unexpected answer to the reading of revocations')
  }
  return [answer[0], answer[1]]
}

function parseRevocation(member: unknown): Revocation | undefined {
  if (typeof member !== 'string') return undefined
  let value: unknown
  try {
    value = JSON.parse(member)
  } catch {
    return undefined // Not of ours: the caller reports it.
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, sid, uuid, beforeMs, untilMs } = value as Readonly<Record<string, unknown>>
  if (typeof untilMs !== 'number') return undefined
  if (kind === 'sign-in' && typeof sid === 'string') return { kind, sid: sid as SignInId, untilMs }
  if (kind !== 'player' || typeof uuid !== 'string' || typeof beforeMs !== 'number') return undefined
  return { kind, uuid: uuid as PlayerUuid, beforeMs, untilMs }
}
