import { AppError } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import type { RoomId } from '@innkeeper/protocol/ids'
import type { Clock, Log, Random, Soon } from '@innkeeper/protocol/tools'
import type { Directory } from '../directory/directory'
import { FencedError, type Journal } from '../journal/journal'
import type { Leases, NodeAddress } from '../leases/leases'
import { isRefusal, type Recorded, type RoomEvent, type RoomType } from '../room-type'
import type { RoomRecord } from '../room-record'
import type { Publish } from './fan-out'
import { Room } from './room'
import type { Moment, RoomOptions, RoomStore } from './room-options'

/** Why a room is no longer on this node. `moved` and `broken`: it can be opened again, here or elsewhere. */
export type RoomLoss = 'closed' | 'moved' | 'broken'

export interface RoomHostOptions {
  readonly types: readonly RoomType[]
  readonly directory: Directory
  readonly leases: Leases
  readonly journal: Journal
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly publish: Publish
}

/** Where a room is: open here, or held by another node. */
export type Whereabouts = { readonly room: Room } | { readonly elsewhere: NodeAddress }

/** The rooms that are open on this node. */
export class RoomHost {
  readonly #rooms = new Map<RoomId, Room>()
  readonly #opening = new Map<RoomId, Promise<Whereabouts>>()
  readonly #idleSince = new Map<RoomId, number>()
  #isRetired = false
  readonly #lossListeners: ((room: Room, loss: RoomLoss) => void)[] = []

  constructor(readonly options: RoomHostOptions) {}

  get rooms(): Iterable<Room> {
    return this.#rooms.values()
  }

  typeOf(name: string): RoomType | undefined {
    return this.options.types.find((type) => type.name === name)
  }

  /** @returns the room if it is open here; costs no look-up elsewhere */
  here(id: RoomId): Room | undefined {
    return this.#rooms.get(id)
  }

  onLoss(listener: (room: Room, loss: RoomLoss) => void): void {
    this.#lossListeners.push(listener)
  }

  /**
   * Opens the room here, unless another living node holds it.
   *
   * @throws AppError `room-not-found` | `unavailable` while the node is going away
   */
  find(id: RoomId): Soon<Whereabouts> {
    const room = this.#rooms.get(id)
    return room ? { room } : this.#findClosed(id)
  }

  async #findClosed(id: RoomId): Promise<Whereabouts> {
    if (this.#isRetired)
      throw new AppError('unavailable', 'This node is going away', { retryAfterSeconds: 1 })
    const opening = this.#opening.get(id) ?? this.#open(id).finally(() => this.#opening.delete(id))
    this.#opening.set(id, opening)
    return await opening
  }

  /** Lets a room go: no socket stays, what was decided is written. `closed` rooms are not opened again. */
  async release(id: RoomId, loss: RoomLoss): Promise<void> {
    // One that is just being opened would stand there afterwards, and nobody would know why.
    await Promise.allSettled([this.#opening.get(id)])
    const room = this.#rooms.get(id)
    if (!room) return
    this.#rooms.delete(id)
    this.#idleSince.delete(id)
    room.end()
    for (const listener of this.#lossListeners) listener(room, loss)
    try {
      if (loss !== 'broken') await room.settle()
    } catch (error) {
      // Whoever asked for it has been told; the lease is given back all the same.
      this.options.log.warn({ error, room: id }, 'The last write of a room failed')
    }
    await this.options.leases.release(id)
  }

  /** Runs every second: away players leave, idle rooms are put away. */
  async tick(): Promise<void> {
    const now = this.options.clock()
    for (const room of this.#rooms.values()) {
      room.tick()
      if (!room.isIdle) this.#idleSince.delete(room.record.id)
      else if (!this.#idleSince.has(room.record.id)) this.#idleSince.set(room.record.id, now)
    }
    for (const [id, since] of this.#idleSince) {
      if (now - since >= this.#idleMs(id)) await this.#putAway(id)
    }
  }

  /** Says that this node lives; rooms that another node has taken are let go. */
  async keepLeases(): Promise<void> {
    const lost = await this.options.leases.heartbeat([...this.#rooms.keys()])
    for (const id of lost) await this.release(id, 'moved')
  }

  /**
   * The node is going away: every room may be opened elsewhere. Whatever fails on the way is logged and left: leases
   * lapse by themselves, and a journal that does not answer has refused what was not acknowledged.
   */
  async retire(): Promise<void> {
    this.#isRetired = true
    const held = [...this.#rooms.keys()]
    const ends = await Promise.allSettled(held.map((id) => this.release(id, 'moved')))
    const retired = await Promise.allSettled([this.options.leases.retire(held)])
    for (const end of [...ends, ...retired]) {
      if (end.status === 'rejected')
        this.options.log.warn({ error: String(end.reason) }, 'Something was not given back; it lapses')
    }
  }

  #idleMs(id: RoomId): number {
    return this.#rooms.get(id)?.type.journal === 'ring' ? limits.ringRoomIdleMs : limits.durableRoomIdleMs
  }

  async #putAway(id: RoomId): Promise<void> {
    const isRing = this.#rooms.get(id)?.type.journal === 'ring'
    await this.release(id, isRing ? 'closed' : 'moved')
    if (isRing) await this.options.directory.remove(id)
  }

  async #open(id: RoomId): Promise<Whereabouts> {
    const { directory, leases } = this.options
    const known = await directory.find(id)
    if (!known) throw new AppError('room-not-found')
    const holder = await leases.acquire(id)
    if (holder.nodeId !== leases.me.nodeId) return { elsewhere: holder }
    try {
      const room = await this.#load(known.record)
      if (this.#isRetired)
        throw new AppError('unavailable', 'This node is going away', { retryAfterSeconds: 1 })
      this.#rooms.set(id, room)
      // What ended while it was put away has ended before anybody comes in.
      room.tick()
      return { room }
    } catch (error) {
      // A lease on a room that is not open would lead everybody here for nothing.
      await leases.release(id)
      throw error
    }
  }

  async #load(record: RoomRecord): Promise<Room> {
    const type = this.typeOf(record.type)
    if (!type) throw new Error(`Room ${record.id} is of type ${record.type}, which this server does not know`)
    return type.journal === 'ring'
      ? await this.#openRing(record, type)
      : await this.#openDurable(record, type)
  }

  async #openRing(record: RoomRecord, type: RoomType): Promise<Room> {
    const opening = await this.options.directory.countOpening(record.id)
    // A room that was lost starts far above every `seq` that it may have given out, so an old `since` cannot fit by
    // chance: that would hide a gap.
    const seq = opening === 1 ? 0 : Math.max(1, this.options.clock() - record.createdAt) * 1_000
    return this.#create(record, type, { start: { seq, state: this.#firstState(record, type) }, past: [] })
  }

  async #openDurable(record: RoomRecord, type: RoomType): Promise<Room> {
    const { journal } = this.options
    const loaded = await journal.open(record.id, limits.ringEvents)
    const { epoch } = loaded
    const snapshot =
      loaded.snapshot && (type.isState?.(loaded.snapshot.state) ?? true) ? loaded.snapshot : undefined
    // A snapshot that an older version of the game has left says nothing here: the events alone still do.
    const isOutdated = loaded.snapshot !== undefined && snapshot === undefined
    const events = isOutdated ? await readWhole(journal, record.id) : loaded.events
    const from: Moment = snapshot ?? { seq: 0, state: this.#firstState(record, type) }
    const unseen = events.filter((event) => event.seq > from.seq)
    const start: Moment = {
      seq: events.at(-1)?.seq ?? from.seq,
      state: unseen.reduce((state, event) => type.evolve(state, event), from.state),
    }
    return this.#create(record, type, {
      start,
      past: events.slice(-limits.ringEvents),
      store: this.#storeOf(record.id, epoch, from.seq),
    })
  }

  #firstState(record: RoomRecord, type: RoomType): unknown {
    const parsed = type.parseOptions(record.options)
    if (isRefusal(parsed))
      throw new Error(`Room ${record.id} has options that its type refuses: ${parsed.detail}`)
    // Not the clock's now: a durable room must open to the same state each time it is replayed.
    return type.open(parsed.options, { now: record.createdAt, random: this.options.random })
  }

  #storeOf(id: RoomId, epoch: number, snapshotSeq: number): RoomStore {
    const { journal, log } = this.options
    let savedSeq = snapshotSeq
    return {
      append: (events) => journal.append(id, epoch, events),
      reached(moment) {
        if (moment.seq - savedSeq < limits.snapshotEvents) return
        savedSeq = moment.seq
        journal.saveSnapshot(id, epoch, moment).catch((error: unknown) => {
          // The journal alone is enough to come back; the next snapshot makes that fast again.
          log.warn({ error, room: id }, 'A snapshot was not kept')
        })
      },
    }
  }

  #create(record: RoomRecord, type: RoomType, from: Pick<RoomOptions, 'start' | 'past' | 'store'>): Room {
    const { clock, random, log, publish } = this.options
    return new Room({
      record,
      type,
      ...from,
      clock,
      random,
      log,
      publish,
      onBroken: (error) => {
        const isFenced = error instanceof FencedError
        log.error(
          { error, room: record.id },
          isFenced ? 'Another node has opened this room' : 'A room could not keep or show an event',
        )
        void this.release(record.id, isFenced ? 'moved' : 'broken').catch((cause: unknown) => {
          log.error({ error: cause, room: record.id }, 'A room could not be let go')
        })
      },
    })
  }
}

const pageEvents = 2_000

/** @returns every event of a room, oldest first */
async function readWhole(journal: Journal, id: RoomId): Promise<readonly Recorded<RoomEvent>[]> {
  const pages: (readonly Recorded<RoomEvent>[])[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = await journal.read(id, { after: 0, before, limit: pageEvents })
    const oldest = page.at(-1)
    if (!oldest) return pages.reverse().flat()
    pages.push(page.toReversed())
    before = oldest.seq
  }
}
