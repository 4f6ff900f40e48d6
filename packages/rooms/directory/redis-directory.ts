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
 * A room is one hash, `room:{<id>}`: record, keys, players, openings, and for each excluded player `ban:<uuid>` and
 * `after:<uuid>`. One key is one slot, so every step is atomic on a Cluster too. Nothing writes to a room that is
 * gone: a hash without a record would keep the room from being brought back.
 *
 * The listing and the owner's set are indexes beside it. They may name a room that is gone, and are tidied where that
 * is seen. A room that they miss (its creator died in between) was never announced to anyone.
 *
 * ARGV: the end of its life without a word (ms), then fields and values.
 */
const createLua = `
if redis.call('HEXISTS', KEYS[1], 'record') == 1 then return 0 end
for at = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`

const setIfRoomLua = `
if redis.call('HEXISTS', KEYS[1], 'record') == 0 then return 0 end
for at = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`

const countOpeningLua = `
if redis.call('HEXISTS', KEYS[1], 'record') == 0 then return 1 end
return redis.call('HINCRBY', KEYS[1], 'openings', 1)`

/**
 * A name is a key of its own, `nick:{<id>}:<skeleton>`, so that it is free again by itself. KEYS: room, name.
 * ARGV: uuid, ms to hold it.
 */
const holdNickLua = `
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) <= 0 then
  redis.call('DEL', KEYS[2])
elseif redis.call('HEXISTS', KEYS[1], 'record') == 1 then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
end
return 1`

/** A room whose node died and that nobody asks for is forgotten after this; a node in use says so far more often. */
const forgottenAfterMs = 24 * 60 * 60 * 1000

export function createRedisDirectory(connection: RedisConnection, clock: Clock): Directory {
  const { commands, prefix } = connection
  const create = redisScript(connection, createLua)
  const setFields = redisScript(connection, setIfRoomLua)
  const setIfRoom = async (id: RoomId, ...fields: readonly (string | number)[]): Promise<void> => {
    if (fields.length > 0) await setFields([roomKey(id)], [forgottenAfterMs, ...fields])
  }
  const countOpening = redisScript(connection, countOpeningLua)
  const holdNick = redisScript(connection, holdNickLua)
  const read = async (id: RoomId, ...extra: string[]): Promise<{ room: KnownRoom; extra: (string | null)[] } | undefined> => {
    const [record, keys, players, ...rest] = await commands.hmget(prefix + roomKey(id), 'record', 'keys', 'players', ...extra)
    if (record == null || keys == null) return undefined
    return { room: { record: parseRecord(record), keys: parseKeys(keys), players: Number(players ?? 0) }, extra: rest }
  }
  return withOutages<Directory>({
    async create(record, keys, exclusions = []) {
      const fields = ['record', JSON.stringify(record), 'keys', formatKeys(keys), 'players', 0]
      const excluded = exclusions.flatMap(([uuid, exclusion]) => formatExclusion(uuid, exclusion))
      const isNew = await create([roomKey(record.id)], [forgottenAfterMs, ...fields, ...excluded])
      if (isNew !== 1) throw new AppError('conflict', 'A room with this id exists')
      await commands.sadd(prefix + ownerKey(record.owner), record.id)
      if (!record.listed) return
      for (const index of [listKey(undefined), listKey(record.type)]) await commands.zadd(prefix + index, record.createdAt, record.id)
    },
    async find(id) {
      return (await read(id))?.room
    },
    async findFor(id, uuid) {
      const found = await read(id, banField(uuid), afterField(uuid))
      return found && { room: found.room, exclusion: parseExclusion(found.extra) }
    },
    async setKeys(id, keys) {
      await setIfRoom(id, 'keys', formatKeys(keys))
    },
    async exclude(id, uuid, exclusion) {
      await setIfRoom(id, ...formatExclusion(uuid, exclusion))
    },
    async holdNick(id, skeleton, { uuid, untilMs }) {
      return (await holdNick([roomKey(id), nickKey(id, skeleton)], [uuid, untilMs - clock()])) === 1
    },
    async setPlayers(id, players) {
      await setIfRoom(id, 'players', players)
    },
    async countOpening(id) {
      return Number(await countOpening([roomKey(id)], []))
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
      const key = prefix + ownerKey(owner)
      const ids = await commands.smembers(key)
      const isThere = await Promise.all(ids.map((id) => commands.exists(prefix + roomKey(id as RoomId))))
      // A room of a dead node ends without a word to its owner's set, and must not count for ever.
      const gone = ids.filter((_, index) => isThere[index] === 0)
      if (gone.length > 0) await commands.srem(key, ...gone)
      return ids.length - gone.length
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
  for (let offset = 0; ; ) {
    // Ids of one moment come in reverse order of their text, as the cursor needs it.
    const ids = await commands.zrange(key, after?.createdAt ?? '+inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', offset, limit)
    const found = await Promise.all(ids.map(async (id) => ({ id, room: await find(id as RoomId) })))
    const gone = found.filter(({ room }) => room === undefined).map(({ id }) => id)
    if (gone.length > 0) await commands.zrem(key, ...gone)
    // What was tidied away moves the rest up.
    offset += ids.length - gone.length
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
const nickKey = (id: RoomId, skeleton: string): string => `nick:{${id}}:${skeleton}`
const banField = (uuid: PlayerUuid): string => `ban:${uuid}`
const afterField = (uuid: PlayerUuid): string => `after:${uuid}`
const ownerKey = (owner: PlayerUuid): string => `rooms:owner:${owner}`
const listKey = (type: string | undefined): string => `rooms:listed:${type ?? '*'}`

// What follows reads back what this file wrote.
function parseRecord(text: string): RoomRecord {
  return JSON.parse(text) as RoomRecord
}

function formatExclusion(uuid: PlayerUuid, { bannedUntil, ticketsAfter }: Exclusion): readonly (string | number)[] {
  const ban = bannedUntil === undefined ? [] : [banField(uuid), bannedUntil]
  const after = ticketsAfter === undefined ? [] : [afterField(uuid), ticketsAfter]
  return [...ban, ...after]
}

function parseExclusion([ban, after]: readonly (string | null)[]): Exclusion | undefined {
  if (ban == null && after == null) return undefined
  return {
    ...(ban == null ? {} : { bannedUntil: Number(ban) }),
    ...(after == null ? {} : { ticketsAfter: Number(after) }),
  }
}
