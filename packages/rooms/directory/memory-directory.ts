import { AppError } from '@innkeeper/protocol/problems'
import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Exclusion, KnownRoom } from '../room-record'
import type { Directory, NickHold } from './directory'
import { formatCursor, parseCursor, type Cursor } from './cursor'

interface Held {
  room: KnownRoom
  openings: number
  readonly exclusions: Map<PlayerUuid, Exclusion>
  readonly nicks: Map<string, NickHold>
}

/** The directory of one node. Rooms end with the process, unless an archive stands behind it. */
export function createMemoryDirectory(clock: Clock): Directory {
  const held = new Map<RoomId, Held>()
  const update = (id: RoomId, change: (room: KnownRoom) => KnownRoom): void => {
    const entry = held.get(id)
    if (entry) entry.room = change(entry.room)
  }
  return {
    async create(record, keys, exclusions = []) {
      if (held.has(record.id)) throw new AppError('conflict', 'A room with this id exists')
      held.set(record.id, { room: { record, keys, players: 0 }, openings: 0, exclusions: new Map(exclusions), nicks: new Map() })
    },
    async find(id) {
      return held.get(id)?.room
    },
    async findFor(id, uuid) {
      const entry = held.get(id)
      return entry && { room: entry.room, exclusion: entry.exclusions.get(uuid) }
    },
    async setKeys(id, keys) {
      update(id, (room) => ({ ...room, keys }))
    },
    async exclude(id, uuid, exclusion) {
      const exclusions = held.get(id)?.exclusions
      exclusions?.set(uuid, { ...exclusions.get(uuid), ...exclusion })
    },
    async holdNick(id, skeleton, hold) {
      const nicks = held.get(id)?.nicks
      const now = clock()
      // Names that are free again go, or a room that many guests pass through would grow for ever.
      for (const [held, { untilMs }] of nicks ?? []) {
        if (untilMs > now) break
        nicks?.delete(held)
      }
      const holder = nicks?.get(skeleton)
      if (holder && holder.uuid !== hold.uuid && holder.untilMs > now) return false
      nicks?.delete(skeleton)
      nicks?.set(skeleton, hold)
      return true
    },
    async setPlayers(id, players) {
      update(id, (room) => ({ ...room, players }))
    },
    async countOpening(id) {
      const entry = held.get(id)
      return entry ? (entry.openings += 1) : 1
    },
    async remove(id) {
      held.delete(id)
    },
    async list({ type, cursor, limit }) {
      const after = cursor === undefined ? undefined : parseCursor(cursor)
      const listed = [...held.values()]
        .map((entry) => entry.room)
        .filter(({ record }) => record.listed && (type === undefined || record.type === type))
        .sort((a, b) => newestFirst(toCursor(a), toCursor(b)))
        .filter((room) => after === undefined || newestFirst(after, toCursor(room)) < 0)
      const rooms = listed.slice(0, limit)
      const last = rooms.at(-1)
      return last && listed.length > limit ? { rooms, cursor: formatCursor(toCursor(last)) } : { rooms }
    },
    async countOwned(owner) {
      return [...held.values()].filter((entry) => entry.room.record.owner === owner).length
    },
  }
}

function toCursor({ record }: KnownRoom): Cursor {
  return { createdAt: record.createdAt, id: record.id }
}

function newestFirst(a: Cursor, b: Cursor): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}
