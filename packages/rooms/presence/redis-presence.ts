import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import { withOutages } from '../redis-outage'
import type { Place, Presence, PresenceEntry } from './presence'

/**
 * The value is `connectionId|epoch|since|JSON of the place`: what a script compares stands in front, so that none of
 * them has to parse JSON. `epoch` is Redis' own clock in microseconds, and above the one it replaces even when that
 * clock was set back or belongs to another server since a failover.
 * ARGV of claim: connectionId, over, place, ttlMs.
 */
const claimLua = `
local held = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local epoch = time[1] * 1000000 + time[2]
if held then
  local holder, replaced = string.match(held, '^([^|]*)|([^|]*)|')
  if holder ~= ARGV[1] and holder ~= ARGV[2] then return {0, held} end
  epoch = math.max(epoch, tonumber(replaced) + 1)
end
local millis = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local value = ARGV[1] .. '|' .. string.format('%.0f', epoch) .. '|' .. millis .. '|' .. ARGV[3]
redis.call('SET', KEYS[1], value, 'PX', ARGV[4])
return {1, value}`

/**
 * A newer epoch wins, an older or missing one is overwritten: so a lost write or an emptied Redis heals itself.
 * ARGV: connectionId, epoch, value, ttlMs.
 */
const heartbeatLua = `
local held = redis.call('GET', KEYS[1])
if held then
  local holder, epoch = string.match(held, '^([^|]*)|([^|]*)|')
  if holder == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
  if tonumber(epoch) >= tonumber(ARGV[2]) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
return 1`

const releaseLua = `
local held = redis.call('GET', KEYS[1])
if held and string.match(held, '^([^|]*)|') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`

export function createRedisPresence(connection: RedisConnection, { ttlMs }: { ttlMs: number }): Presence {
  const claim = redisScript(connection, claimLua)
  const heartbeat = redisScript(connection, heartbeatLua)
  const release = redisScript(connection, releaseLua)
  return withOutages<Presence>({
    async find(uuid) {
      const held = await connection.commands.get(connection.prefix + presenceKey(uuid))
      return held === null ? undefined : parseEntry(held)
    },
    async claim(place, over) {
      const args = [place.connectionId, over ?? place.connectionId, formatPlace(place), ttlMs]
      const [isClaimed, value] = parseAnswer(await claim([presenceKey(place.uuid)], args))
      return isClaimed
        ? { kind: 'claimed', entry: parseEntry(value) }
        : { kind: 'taken', incumbent: parseEntry(value) }
    },
    async heartbeat(entries) {
      const beats = entries.map((entry) =>
        heartbeat([presenceKey(entry.uuid)], [entry.connectionId, entry.epoch, formatEntry(entry), ttlMs]),
      )
      const answers = await Promise.allSettled(beats)
      const failed = answers.filter((answer) => answer.status === 'rejected')
      // One part of a Cluster that is down must not hide who was replaced in the others: those are told now.
      const replaced = entries.filter((_, index) => isReplaced(answers[index]))
      if (failed[0] && replaced.length === 0) throw failed[0].reason
      return replaced
    },
    async release(uuid, connectionId) {
      return (await release([presenceKey(uuid)], [connectionId])) === 1
    },
  })
}

function isReplaced(answer: PromiseSettledResult<unknown> | undefined): boolean {
  return answer?.status === 'fulfilled' && answer.value !== 1
}

const presenceKey = (uuid: PlayerUuid): string => `presence:${uuid}`

function formatPlace({ uuid, roomId, nodeId }: Place): string {
  return JSON.stringify({ uuid, roomId, nodeId })
}

function formatEntry(entry: PresenceEntry): string {
  return [entry.connectionId, entry.epoch, entry.since, formatPlace(entry)].join('|')
}

// What follows reads back what the scripts above wrote.
function parseEntry(value: string): PresenceEntry {
  const [connectionId, epoch, since, ...place] = value.split('|')
  const parsed = JSON.parse(place.join('|')) as Pick<PresenceEntry, 'uuid' | 'roomId' | 'nodeId'>
  return {
    ...parsed,
    connectionId: connectionId as PresenceEntry['connectionId'],
    epoch: Number(epoch),
    since: Number(since),
  }
}

function parseAnswer(answer: unknown): [boolean, string] {
  const [isClaimed, value] = answer as [number, string]
  return [isClaimed === 1, value]
}
