import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'

const indexKey = 'revocations'
/** Read again at each reading, for what was being written while the last one looked. */
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

/** What the nodes share: texts, published when they are written and kept for those who were not listening. */
export interface RevocationIndex {
  /** @throws Error when Redis is away; the text is then written before the next reading */
  write(member: string): Promise<void>
  /** @returns every text the first time, and from then on what came since */
  readNew(): Promise<readonly unknown[]>
}

/** @param options.keepMs  how long a text stays */
export function redisRevocationIndex(
  connection: RedisConnection,
  options: { readonly keepMs: number; readonly channel: string },
): RevocationIndex {
  const record = redisScript(connection, recordScript)
  const read = redisScript(connection, readScript)
  const unwritten = new Set<string>()
  let readUpToMs = 0

  async function write(member: string): Promise<void> {
    unwritten.add(member)
    const [oldest] = unwritten
    if (oldest !== undefined && unwritten.size > maxUnwritten) unwritten.delete(oldest)
    await record([indexKey], [member, options.keepMs, options.channel])
    unwritten.delete(member)
  }

  return {
    write,
    async readNew() {
      for (const member of [...unwritten]) await write(member)
      const [nowMs, members] = parseReading(await read([indexKey], [Math.max(0, readUpToMs - overlapMs)]))
      readUpToMs = nowMs
      return members
    },
  }
}

function parseReading(answer: unknown): readonly [number, readonly unknown[]] {
  if (!Array.isArray(answer) || typeof answer[0] !== 'number' || !Array.isArray(answer[1])) {
    throw new Error('Redis gave an unexpected answer to the reading of revocations')
  }
  return [answer[0], answer[1]]
}
