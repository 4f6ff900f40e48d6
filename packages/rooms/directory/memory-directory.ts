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

/** The rooms, and how many each owner has: whoever opens one must not wait for a walk through everybody's. */
class HeldRooms {
  readonly #held = new Map<RoomId, Held>()
  readonly #owned = new Map<PlayerUuid, number>()

  get(id: RoomId): Held | undefined {
    return this.#held.get(id)
  }

  add(entry: Held): void {
    const { id, owner } = entry.room.record
    this.#held.set(id, entry)
    this.#count(owner, 1)
  }

  update(id: RoomId, change: (room: KnownRoom) => KnownRoom): void {
    const entry = this.#held.get(id)
    if (!entry) return
    const before = entry.room.record.owner
    entry.room = change(entry.room)
    const { owner } = entry.room.record
    if (owner === before) return
    this.#count(before, -1)
    this.#count(owner, 1)
  }

  remove(id: RoomId): void {
    const entry = this.#held.get(id)
    if (entry) this.#count(entry.room.record.owner, -1)
    this.#held.delete(id)
  }

  all(): readonly KnownRoom[] {
    return Array.from(this.#held.values(), ({ room }) => room)
  }

  ownedBy(owner: PlayerUuid): number {
    return this.#owned.get(owner) ?? 0
  }

  #count(owner: PlayerUuid, more: 1 | -1): void {
    const count = this.ownedBy(owner) + more
    if (count > 0) this.#owned.set(owner, count)
    else this.#owned.delete(owner)
  }
}

/** The directory of one node. Rooms end with the process, unless an archive stands behind it. */
export function createMemoryDirectory(clock: Clock): Directory {
  const held = new HeldRooms()
  return {
    async create(record, keys, exclusions = []) {
      if (held.get(record.id)) throw new AppError('conflict', 'A room with this id exists')
      const room = { record, keys, players: 0 }
      held.add({ room, openings: 0, exclusions: new Map(exclusions), nicks: new Map() })
    },
    find(id) {
      return held.get(id)?.room
    },
    findFor(id, uuid) {
      const entry = held.get(id)
      return entry && { room: entry.room, exclusion: entry.exclusions.get(uuid) }
    },
    async setKeys(id, keys) {
      held.update(id, (room) => ({ ...room, keys }))
    },
    async setOwner(id, owner) {
      held.update(id, (room) => ({ ...room, record: { ...room.record, owner } }))
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
      held.update(id, (room) => ({ ...room, players }))
    },
    async countOpening(id) {
      const entry = held.get(id)
      return entry ? (entry.openings += 1) : 1
    },
    async remove(id) {
      held.remove(id)
    },
    list: async (query) => listOf(held.all(), query),
    countOwned: async (owner) => held.ownedBy(owner),
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
