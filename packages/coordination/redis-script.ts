import { createHash } from 'node:crypto'
import type { RedisConnection } from './redis-connection'

/** One atomic step in Redis. All its keys must share a slot (one key, or one `{hash tag}`). */
export type RedisScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>

/**
 * Prepares a Lua script: sent by its hash, and by its text when Redis does not know it (after a restart or a
 * failover). Keys get the connection's prefix here and nowhere else.
 */
export function redisScript(connection: RedisConnection, lua: string): RedisScript {
  const sha = createHash('sha1').update(lua).digest('hex')
  return async (keys, args) => {
    const prefixed = keys.map((key) => connection.prefix + key)
    try {
      return await connection.commands.evalsha(sha, keys.length, ...prefixed, ...args)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return await connection.commands.eval(lua, keys.length, ...prefixed, ...args)
    }
  }
}
