import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Exclusion, KnownRoom } from '../room-record'
import type { Directory, NickHold, RoomPage } from './directory'
import { tooManyExcluded } from './too-many-excluded'
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
      held.set(record.id, {
        room: { record, keys, players: 0 },
        openings: 0,
        exclusions: new Map(exclusions),
        nicks: new Map(),
      })
    },
    find(id) {
      return held.get(id)?.room
    },
    findFor(id, uuid) {
      const entry = held.get(id)
      return entry && { room: entry.room, exclusion: entry.exclusions.get(uuid) }
    },
    async setKeys(id, keys) {
      update(id, (room) => ({ ...room, keys }))
    },
    async setOwner(id, owner) {
      update(id, (room) => ({ ...room, record: { ...room.record, owner } }))
    },
    async exclude(id, uuid, exclusion) {
      const exclusions = held.get(id)?.exclusions
      if (exclusions && !exclusions.has(uuid) && exclusions.size >= limits.exclusionsPerRoom)
        throw tooManyExcluded()
      exclusions?.set(uuid, { ...exclusions.get(uuid), ...exclusion })
    },
    holdNick(id, skeleton, hold) {
      const nicks = held.get(id)?.nicks
      return nicks === undefined || holdIn(nicks, skeleton, { hold, now: clock() })
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
    list: async (query) =>
      listOf(
        Array.from(held.values(), ({ room }) => room),
        query,
      ),
    async countOwned(owner) {
      return [...held.values()].filter((entry) => entry.room.record.owner === owner).length
    },
  }
}

function holdIn(
  nicks: Map<string, NickHold>,
  skeleton: string,
  { hold, now }: { readonly hold: NickHold; readonly now: number },
): boolean {
  // Names that are free again go, or a room that many guests pass through would grow for ever. The oldest stand first.
  for (const [lapsed, { untilMs }] of nicks) {
    if (untilMs > now) break
    nicks.delete(lapsed)
  }
  const holder = nicks.get(skeleton)
  if (holder && holder.uuid !== hold.uuid && holder.untilMs > now && !hold.wins) return false
  nicks.delete(skeleton)
  nicks.set(skeleton, hold)
  return true
}

function listOf(
  rooms: readonly KnownRoom[],
  { type, cursor, limit }: Parameters<Directory['list']>[0],
): RoomPage {
  const after = cursor === undefined ? undefined : parseCursor(cursor)
  const listed = rooms
    .filter(({ record }) => record.listed && (type === undefined || record.type === type))
    .toSorted((a, b) => newestFirst(toCursor(a), toCursor(b)))
    .filter((room) => after === undefined || newestFirst(after, toCursor(room)) < 0)
  const page = listed.slice(0, limit)
  const last = page.at(-1)
  return last && listed.length > limit
    ? { rooms: page, cursor: formatCursor(toCursor(last)) }
    : { rooms: page }
}

function toCursor({ record }: KnownRoom): Cursor {
  return { createdAt: record.createdAt, id: record.id }
}

function newestFirst(a: Cursor, b: Cursor): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}
