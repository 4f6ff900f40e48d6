import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import { redisScript } from '@innkeeper/coordination/redis-script'
import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Exclusion, KnownRoom, RoomRecord } from '../room-record'
import { withOutages } from '../redis-outage'
import { tooManyExcluded } from './too-many-excluded'
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

const changeLua = `
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
if holder and holder ~= ARGV[1] and ARGV[3] ~= '1' then return 0 end
if tonumber(ARGV[2]) <= 0 then
  redis.call('DEL', KEYS[2])
elseif redis.call('HEXISTS', KEYS[1], 'record') == 1 then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
end
return 1`

/** A room whose node died and that nobody asks for is forgotten after this; a node in use says so far more often. */
const forgottenAfterMs = 24 * 60 * 60 * 1000

export function createRedisDirectory(connection: RedisConnection, clock: Clock): Directory {
  const hashes = openHashes(connection)
  const holdNick = redisScript(connection, holdNickLua)
  return withOutages<Directory>({
    async create(record, keys, exclusions = []) {
      const excluded = exclusions.flatMap(([uuid, exclusion]) => formatExclusion(uuid, exclusion))
      const room = ['record', JSON.stringify(record), 'keys', formatKeys(keys), 'players', 0]
      if (!(await hashes.create(record.id, [...room, ...excluded]))) {
        throw new AppError('conflict', 'A room with this id exists')
      }
      await addToIndexes(connection, record)
    },
    async find(id) {
      return (await hashes.read(id))?.room
    },
    async findFor(id, uuid) {
      const found = await hashes.read(id, banField(uuid), afterField(uuid))
      return found && { room: found.room, exclusion: parseExclusion(found.extra) }
    },
    setKeys: (id, keys) => hashes.change(id, ['keys', formatKeys(keys)]),
    async setOwner(id, owner) {
      const found = await hashes.read(id)
      if (!found) return
      const { record } = found.room
      await hashes.change(id, ['record', JSON.stringify({ ...record, owner })])
      await moveToOwner(connection, record, owner)
    },
    async exclude(id, uuid, exclusion) {
      // Two fields for a player at most, and a few for the room itself.
      if ((await connection.commands.hlen(connection.prefix + roomKey(id))) > limits.exclusionsPerRoom * 2)
        throw tooManyExcluded()
      await hashes.change(id, formatExclusion(uuid, exclusion))
    },
    async holdNick(id, skeleton, { uuid, untilMs, wins }) {
      return (
        (await holdNick([roomKey(id), nickKey(id, skeleton)], [uuid, untilMs - clock(), wins ? 1 : 0])) === 1
      )
    },
    setPlayers: (id, players) => hashes.change(id, ['players', players]),
    countOpening: (id) => hashes.countOpening(id),
    async remove(id) {
      const found = await hashes.read(id)
      if (found) await removeFromIndexes(connection, found.room.record)
      await connection.commands.del(connection.prefix + roomKey(id))
    },
    list: (query) => listRooms(connection, query, async (id) => (await hashes.read(id))?.room),
    countOwned: (owner) => countOwned(connection, owner),
  })
}

type Fields = readonly (string | number)[]

/** The rooms themselves; `extra` fields come back in their order. */
interface RoomHashes {
  read(id: RoomId, ...extra: string[]): Promise<{ room: KnownRoom; extra: (string | null)[] } | undefined>
  /** @returns false when the room exists */
  create(id: RoomId, fields: Fields): Promise<boolean>
  change(id: RoomId, fields: Fields): Promise<void>
  countOpening(id: RoomId): Promise<number>
}

function openHashes(connection: RedisConnection): RoomHashes {
  const { commands, prefix } = connection
  const create = redisScript(connection, createLua)
  const change = redisScript(connection, changeLua)
  const countOpening = redisScript(connection, countOpeningLua)
  return {
    async read(id, ...extra) {
      const fields = ['record', 'keys', 'players', ...extra]
      const [record, keys, players, ...rest] = await commands.hmget(prefix + roomKey(id), ...fields)
      if (record == null || keys == null) return undefined
      const room = { record: parseRecord(record), keys: parseKeys(keys), players: Number(players ?? 0) }
      return { room, extra: rest }
    },
    async create(id, fields) {
      return (await create([roomKey(id)], [forgottenAfterMs, ...fields])) === 1
    },
    async change(id, fields) {
      if (fields.length > 0) await change([roomKey(id)], [forgottenAfterMs, ...fields])
    },
    async countOpening(id) {
      return Number(await countOpening([roomKey(id)], []))
    },
  }
}

async function addToIndexes({ commands, prefix }: RedisConnection, record: RoomRecord): Promise<void> {
  const { id, owner, type, createdAt } = record
  await commands.sadd(prefix + ownerKey(owner), id)
  if (!record.listed) return
  for (const index of [listKey(undefined), listKey(type)]) await commands.zadd(prefix + index, createdAt, id)
}

async function moveToOwner(
  { commands, prefix }: RedisConnection,
  { id, owner: before }: RoomRecord,
  owner: PlayerUuid,
): Promise<void> {
  await commands.srem(prefix + ownerKey(before), id)
  await commands.sadd(prefix + ownerKey(owner), id)
}

async function removeFromIndexes({ commands, prefix }: RedisConnection, record: RoomRecord): Promise<void> {
  const { id, owner, type } = record
  await commands.srem(prefix + ownerKey(owner), id)
  for (const index of [listKey(undefined), listKey(type)]) await commands.zrem(prefix + index, id)
}

async function countOwned({ commands, prefix }: RedisConnection, owner: PlayerUuid): Promise<number> {
  const key = prefix + ownerKey(owner)
  const ids = await commands.smembers(key)
  const isThere = await Promise.all(ids.map((id) => commands.exists(prefix + roomKey(id as RoomId))))
  // A room of a dead node ends without a word to its owner's set, and must not count for ever.
  const gone = ids.filter((_, index) => isThere[index] === 0)
  if (gone.length > 0) await commands.srem(key, ...gone)
  return ids.length - gone.length
}

async function listRooms(
  { commands, prefix }: RedisConnection,
  { type, cursor, limit }: Parameters<Directory['list']>[0],
  find: (id: RoomId) => Promise<KnownRoom | undefined>,
): Promise<RoomPage> {
  const after = cursor === undefined ? undefined : parseCursor(cursor)
  const key = prefix + listKey(type)
  const rooms: KnownRoom[] = []
  for (let offset = 0; ;) {
    // Ids of one moment come in reverse order of their text, as the cursor needs it.
    const newest = after?.createdAt ?? '+inf'
    const ids = await commands.zrange(key, newest, '-inf', 'BYSCORE', 'REV', 'LIMIT', offset, limit)
    const found = await Promise.all(ids.map(async (id) => ({ id, room: await find(id as RoomId) })))
    const gone = found.filter(({ room }) => room === undefined).map(({ id }) => id)
    if (gone.length > 0) await commands.zrem(key, ...gone)
    // What was tidied away moves the rest up.
    offset += ids.length - gone.length
    for (const { room } of found) {
      if (!room || (after && room.record.createdAt === after.createdAt && room.record.id >= after.id))
        continue
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

function formatExclusion(
  uuid: PlayerUuid,
  { bannedUntil, ticketsAfter }: Exclusion,
): readonly (string | number)[] {
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
