import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'
import { AppError } from '@innkeeper/protocol/problems'
import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Exclusion, KnownRoom, RoomRecord } from '../room-record'
import { withOutages } from '../redis-outage'
import { formatCursor, parseCursor } from './cursor'
import type { Directory, RoomPage } from './directory'
import { formatKeys, parseKeys } from './key-ring-text'

/**
 * A room is one hash, `room:{<id>}`: record, keys, players, openings, and `x:<uuid>` for each exclusion. One key is
 * one slot, so every step is atomic on a Cluster too. The listing and the owner's set are indexes beside it: they may
 * name a room that is gone, never the reverse, because the room is written first and removed last.
 */
const createLua = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'record', ARGV[1], 'keys', ARGV[2], 'players', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`

const setIfRoomLua = `
if redis.call('HEXISTS', KEYS[1], 'record') == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`

/** ARGV: the skeleton's field, uuid, until (ms), now (ms: only names of one room are compared with it). */
const holdNickLua = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local till, holder = string.match(held, '^([^|]*)|(.*)$')
  if holder ~= ARGV[2] and tonumber(till) > tonumber(ARGV[4]) then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3] .. '|' .. ARGV[2])
return 1`

/** A room whose node died and that nobody asks for is forgotten after this; a node in use says so far more often. */
const forgottenAfterMs = 24 * 60 * 60 * 1000

export function createRedisDirectory(connection: RedisConnection, clock: Clock): Directory {
  const { commands, prefix } = connection
  const create = redisScript(connection, createLua)
  const setField = redisScript(connection, setIfRoomLua)
  const setIfRoom = (id: RoomId, field: string, value: string | number): Promise<unknown> =>
    setField([roomKey(id)], [field, value, forgottenAfterMs])
  const holdNick = redisScript(connection, holdNickLua)
  const read = async (id: RoomId, ...extra: string[]): Promise<{ room: KnownRoom; extra: (string | null)[] } | undefined> => {
    const [record, keys, players, ...rest] = await commands.hmget(prefix + roomKey(id), 'record', 'keys', 'players', ...extra)
    if (record == null || keys == null) return undefined
    return { room: { record: parseRecord(record), keys: parseKeys(keys), players: Number(players ?? 0) }, extra: rest }
  }
  return withOutages<Directory>({
    async create(record, keys) {
      const isNew = await create([roomKey(record.id)], [JSON.stringify(record), formatKeys(keys), forgottenAfterMs])
      if (isNew !== 1) throw new AppError('conflict', 'A room with this id exists')
      await commands.sadd(prefix + ownerKey(record.owner), record.id)
      if (!record.listed) return
      for (const index of [listKey(undefined), listKey(record.type)]) await commands.zadd(prefix + index, record.createdAt, record.id)
    },
    async find(id) {
      return (await read(id))?.room
    },
    async findFor(id, uuid) {
      const found = await read(id, `x:${uuid}`)
      return found && { room: found.room, exclusion: parseExclusion(found.extra[0]) }
    },
    async setKeys(id, keys) {
      await setIfRoom(id, 'keys', formatKeys(keys))
    },
    async exclude(id, uuid, exclusion) {
      await setIfRoom(id, `x:${uuid}`, JSON.stringify(exclusion))
    },
    async holdNick(id, skeleton, { uuid, untilMs }) {
      return (await holdNick([roomKey(id)], [`n:${skeleton}`, uuid, untilMs, clock()])) === 1
    },
    async setPlayers(id, players) {
      await setIfRoom(id, 'players', players)
    },
    async countOpening(id) {
      return await commands.hincrby(prefix + roomKey(id), 'openings', 1)
    },
    async remove(id) {
      const room = await read(id)
      if (room) {
        const { owner, type } = room.room.record
        await commands.srem(prefix + ownerKey(owner), id)
        for (const index of [listKey(undefined), listKey(type)]) await commands.zrem(prefix + index, id)
      }
      await commands.del(prefix + roomKey(id))
    },
    list: (query) => listRooms(connection, query, async (id) => (await read(id))?.room),
    async countOwned(owner) {
      return await commands.scard(prefix + ownerKey(owner))
    },
  })
}

async function listRooms(
  { commands, prefix }: RedisConnection,
  { type, cursor, limit }: Parameters<Directory['list']>[0],
  find: (id: RoomId) => Promise<KnownRoom | undefined>,
): Promise<RoomPage> {
  const after = cursor === undefined ? undefined : parseCursor(cursor)
  const key = prefix + listKey(type)
  const rooms: KnownRoom[] = []
  for (let offset = 0; ; offset += limit) {
    // Ids of one moment come in reverse order of their text, as the cursor needs it.
    const ids = await commands.zrange(key, after?.createdAt ?? '+inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', offset, limit)
    const found = await Promise.all(ids.map(async (id) => ({ id, room: await find(id as RoomId) })))
    const gone = found.filter(({ room }) => room === undefined).map(({ id }) => id)
    if (gone.length > 0) await commands.zrem(key, ...gone)
    for (const { room } of found) {
      if (!room || (after && room.record.createdAt === after.createdAt && room.record.id >= after.id)) continue
      const last = rooms.at(-1)
      if (rooms.length === limit && last) return { rooms, cursor: formatCursor(last.record) }
      rooms.push(room)
    }
    if (ids.length < limit) return { rooms }
  }
}

const roomKey = (id: RoomId): string => `room:{${id}}`
const ownerKey = (owner: PlayerUuid): string => `rooms:owner:${owner}`
const listKey = (type: string | undefined): string => `rooms:listed:${type ?? '*'}`

// What follows reads back what this file wrote.
function parseRecord(text: string): RoomRecord {
  return JSON.parse(text) as RoomRecord
}

function parseExclusion(text: string | null | undefined): Exclusion | undefined {
  return text == null ? undefined : (JSON.parse(text) as Exclusion)
}
