import { AppError, toProblem } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import type { PlayerInfo, PresenceStatus, RejectFrame, WelcomeFrame } from '@innkeeper/protocol/frames'
import type { ConnectionId } from '@innkeeper/protocol/ids'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import {
  isRefusal,
  type Player,
  type Recorded,
  type Refusal,
  type RoomEvent,
  type RoomType,
  type Viewer,
} from '../room-type'
import type { RoomRecord } from '../room-record'
import type { CommandInput, RoomView } from '../rooms'
import {
  EventEncoder,
  everyoneTopic,
  parseKept,
  publishEvent,
  topicsOf,
  type Destination,
  type Publish,
} from './fan-out'
import { History, type KeptEvent } from './history'
import { toAppError } from './refusal'

/** The socket of someone inside, as far as a room needs it. */
export interface RoomConnection {
  readonly connectionId: ConnectionId
  send(text: string): void
  subscribe(topics: readonly string[]): void
}

/** A state with the `seq` of the last event in it. */
export interface Moment {
  readonly seq: number
  readonly state: unknown
}

/** Where the events of a durable room are kept; writes of one room resolve in their order. */
export interface RoomStore {
  append(events: readonly Recorded<RoomEvent>[]): Promise<void>
  /** Told of every published moment; keeps a snapshot when it is time for one. */
  reached(moment: Moment): void
}

export interface RoomOptions {
  readonly record: RoomRecord
  readonly type: RoomType
  readonly start: Moment
  /** Events up to `start`, for `since`. */
  readonly past: readonly Recorded<RoomEvent>[]
  /** Absent in a ring room. */
  readonly store?: RoomStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly publish: Publish
  /** A write failed: what was decided since then is not true, so the room must be opened anew. */
  readonly onBroken: (error: unknown) => void
}

/** `info` names the player to others; with its uuid and role it is the viewer as well. */
interface Member {
  readonly info: PlayerInfo
  readonly connection: RoomConnection
}

/** When, by whom and with which command's id events were decided. */
interface Origin {
  readonly at: number
  readonly by: string
  readonly ref: string | undefined
}

interface RecordedNow {
  readonly kind: 'recorded'
  readonly events: readonly Recorded<RoomEvent>[]
  /** When they are published; undefined when they are already. */
  readonly shown: Promise<void> | undefined
}

/** UTF-8 takes at most three bytes for one UTF-16 unit, and `1e20,` is 22 bytes once it is written out. */
const maxBytesPerChar = 5

function byteLengthOf(payload: unknown): number {
  return payload === undefined ? 0 : Buffer.byteLength(JSON.stringify(payload))
}

type Outcome = RecordedNow | { readonly kind: 'repeated'; readonly events: readonly KeptEvent[] }

/**
 * One room while it is open on this node. `#head` is what has been decided, `#shown` what has been published; they
 * differ only while a write is under way. Players see `#shown` alone, so nobody ever sees what a power cut could undo.
 */
export class Room {
  readonly record: RoomRecord
  readonly type: RoomType
  readonly #options: RoomOptions
  readonly #history: History
  readonly #members = new Map<string, Member>()
  readonly #destination: Destination
  readonly #away = new Map<string, { readonly info: PlayerInfo; readonly leavesAt: number }>()
  #head: Moment
  #shown: Moment
  #writes: Promise<void> | undefined
  #isOver = false

  constructor(options: RoomOptions) {
    this.#options = options
    this.record = options.record
    this.type = options.type
    const viewers = (): Iterable<Viewer> => Array.from(this.#members.values(), (member) => member.info)
    this.#destination = { encoder: new EventEncoder(options.type), id: options.record.id, viewers }
    this.#head = options.start
    this.#shown = options.start
    const firstSeq = (options.past[0]?.seq ?? options.start.seq + 1) - 1
    const kept = { events: limits.ringEvents, bytes: limits.ringBytes }
    this.#history = new History(kept, firstSeq, options.store !== undefined)
    for (const event of options.past) this.#keep(event)
  }

  get size(): number {
    return this.#members.size
  }

  get isIdle(): boolean {
    return this.#members.size === 0 && this.#away.size === 0 && this.#writes === undefined
  }

  isFullFor(uuid: string): boolean {
    return this.#members.size >= this.record.maxPlayers && !this.#members.has(uuid)
  }

  /** @throws AppError what the room type refused */
  async admit(player: Player): Promise<Viewer> {
    const admitted = this.type.admit(this.#head.state, player)
    if (isRefusal(admitted)) throw toAppError(admitted)
    if (admitted.events.length > 0)
      await this.#record(admitted.events, { at: this.#options.clock(), by: player.uuid, ref: undefined })
        .shown
    return { uuid: player.uuid, role: admitted.role }
  }

  /**
   * Seats a connection and sends its welcome.
   *
   * @param since  the last `seq` that this player has seen
   * @throws AppError `room-full` or what the room type refused
   */
  async enter(player: Player, connection: RoomConnection, since: number | undefined): Promise<void> {
    this.#checkPlace(player.uuid)
    const viewer = await this.admit(player)
    if (this.#isOver) throw new AppError('unavailable', 'The room is being moved')
    // Asked again: others may have come in while this entry was being written.
    this.#checkPlace(player.uuid)
    // From here to the end nothing is awaited: between what the welcome says and the topics there must be no gap.
    const info: PlayerInfo = { uuid: viewer.uuid, nick: player.nick, role: viewer.role }
    this.#away.delete(viewer.uuid)
    this.#publishPresence(info, 'online')
    this.#members.set(viewer.uuid, { info, connection })
    try {
      this.#welcome(info, connection, since)
    } catch (error) {
      // A view that fails must not leave a seat behind in which nobody sits.
      this.leave(viewer.uuid, connection.connectionId, 'left')
      throw error
    }
    connection.subscribe(topicsOf(this.type, this.record.id, viewer))
  }

  /** A client that resumes by its first frame instead of its address is welcomed once more. */
  resume(uuid: string, since: number): void {
    const member = this.#members.get(uuid)
    if (member) this.#welcome(member.info, member.connection, since)
  }

  /**
   * Ends the seat of this very connection: a late close of a replaced socket unseats nobody.
   *
   * @param status  `away`: the line dropped, the player may be back in a moment
   */
  leave(uuid: string, connectionId: ConnectionId, status: 'away' | 'left'): void {
    const member = this.#members.get(uuid)
    if (member?.connection.connectionId !== connectionId) return
    this.#members.delete(uuid)
    if (status === 'away')
      this.#away.set(uuid, { info: member.info, leavesAt: this.#options.clock() + limits.awayMs })
    this.#publishPresence(member.info, status)
  }

  /** Lets those who stayed away too long go. */
  tick(): void {
    const now = this.#options.clock()
    for (const [uuid, { info, leavesAt }] of this.#away) {
      if (leavesAt > now) continue
      this.#away.delete(uuid)
      this.#publishPresence(info, 'left')
    }
  }

  /**
   * A command from a socket: the event is its acknowledgement, a reject frame its refusal.
   *
   * @param frameChars  of the whole frame: most are so short that their payload need not be measured
   */
  command(uuid: string, input: CommandInput, frameChars: number): void {
    const member = this.#members.get(uuid)
    if (!member) return
    const outcome = this.#apply(member.info, input, frameChars)
    if (isRefusal(outcome)) {
      const reject: RejectFrame = { type: 'reject', id: input.id, problem: toProblem(toAppError(outcome)) }
      member.connection.send(JSON.stringify(reject))
    } else if (outcome.kind === 'repeated') {
      for (const event of outcome.events) {
        if (event.seq <= this.#shown.seq)
          member.connection.send(this.#destination.encoder.replay(event, member.info))
      }
    }
  }

  /** A command from elsewhere. @returns its events as `by` may see them, once they are published */
  async execute(by: Viewer, input: CommandInput): Promise<readonly Recorded<RoomEvent>[]> {
    const outcome = this.#apply(by, input, Number.POSITIVE_INFINITY)
    if (isRefusal(outcome)) throw toAppError(outcome)
    if (outcome.kind === 'recorded') await outcome.shown
    else await this.#writes
    const events = outcome.kind === 'recorded' ? outcome.events : outcome.events.map(parseKept)
    return events.map((event) => this.type.viewEvent(event, by)).filter((event) => event !== null)
  }

  view(viewer: Viewer): RoomView {
    return {
      seq: this.#shown.seq,
      state: this.type.view(this.#shown.state, viewer),
      players: this.#players(),
    }
  }

  /** Resolves when everything that was decided is published. */
  async settle(): Promise<void> {
    while (this.#writes) await this.#writes
  }

  /** No one gets in any more; sockets are the gateway's to close. */
  end(): void {
    this.#isOver = true
  }

  #checkPlace(uuid: string): void {
    const { maxPlayers } = this.record
    if (this.isFullFor(uuid)) throw new AppError('room-full', `Players: ${this.size} of ${maxPlayers}`)
  }

  #welcome(you: PlayerInfo, connection: RoomConnection, since: number | undefined): void {
    const missed = since === undefined ? undefined : this.#history.between(since, this.#shown.seq)
    const base = { type: 'welcome', roomId: this.record.id, you, seq: this.#shown.seq } as const
    const frame: WelcomeFrame = missed
      ? { ...base, resumed: true, players: this.#players() }
      : { ...base, resumed: false, state: this.type.view(this.#shown.state, you), players: this.#players() }
    connection.send(JSON.stringify(frame))
    for (const event of missed ?? []) connection.send(this.#destination.encoder.replay(event, you))
  }

  #players(): readonly PlayerInfo[] {
    return Array.from(this.#members.values(), (member) => member.info)
  }

  #publishPresence({ uuid, nick }: PlayerInfo, status: PresenceStatus): void {
    this.#options.publish(
      everyoneTopic(this.record.id),
      JSON.stringify({ type: 'presence', uuid, nick, status }),
    )
  }

  #apply(by: Viewer, input: CommandInput, frameChars: number): Outcome | Refusal {
    if (this.#isOver) return { refused: 'unavailable', detail: 'The room is being moved' }
    const { maxPayloadBytes } = this.type
    if (frameChars * maxBytesPerChar > maxPayloadBytes && byteLengthOf(input.payload) > maxPayloadBytes) {
      return { refused: 'too-large', detail: `A payload has at most ${maxPayloadBytes} bytes` }
    }
    const repeated = this.#options.store && this.#history.ofCommand(by.uuid, input.id)
    if (repeated) return { kind: 'repeated', events: repeated }
    const { clock, random, log } = this.#options
    try {
      const parsed = this.type.parseCommand(input.name, input.payload)
      if (isRefusal(parsed)) return parsed
      const now = clock()
      const decision = this.type.decide(this.#head.state, by, parsed.command, { now, random })
      if (isRefusal(decision)) return decision
      if (decision.events.length === 0) return { refused: 'conflict', detail: 'This changes nothing' }
      return this.#record(decision.events, { at: now, by: by.uuid, ref: input.id })
    } catch (error) {
      // The room is broken: that has been said already.
      if (error instanceof AppError) return { refused: error.code, detail: error.detail }
      log.error(
        { error, room: this.record.id, type: this.type.name, command: input.name },
        'A rule broke its promise',
      )
      return { refused: 'server-error', detail: 'This command could not be decided' }
    }
  }

  #record(decided: readonly RoomEvent[], { at, by, ref }: Origin): RecordedNow {
    const { store } = this.#options
    const events: Recorded<RoomEvent>[] = []
    let { seq, state } = this.#head
    for (const { name, payload } of decided) {
      seq += 1
      const event = ref === undefined ? { seq, at, by, name, payload } : { seq, at, by, ref, name, payload }
      state = this.type.evolve(state, event)
      events.push(event)
    }
    this.#head = { seq, state }
    try {
      // What everyone sees is encoded here, so a view may fail already now; going on would leave a gap.
      for (const event of events) this.#keep(event)
      if (!store) this.#show(events, this.#head)
    } catch (error) {
      throw this.#break(error)
    }
    const shown = store && this.#write(store, events, this.#head)
    return { kind: 'recorded', events, shown }
  }

  #keep(event: Recorded<RoomEvent>): void {
    this.#history.push(event, this.#destination.encoder.encodeToKeep(event))
  }

  #write(store: RoomStore, events: readonly Recorded<RoomEvent>[], moment: Moment): Promise<void> {
    const write = store
      .append(events)
      .then(() => {
        if (this.#writes === write) this.#writes = undefined
        this.#show(events, moment)
        store.reached(moment)
      })
      .catch((error: unknown) => {
        if (this.#writes === write) this.#writes = undefined
        throw this.#break(error)
      })
    // A socket's command has nobody waiting here; `onBroken` has heard of the failure.
    write.catch(() => {})
    this.#writes = write
    return write
  }

  /**
   * What was decided is not true, or not shown: this room cannot go on.
   *
   * @returns what to tell whoever asked for it
   */
  #break(error: unknown): AppError {
    // Several writes may be under way, and by the last one's failure another room of this id may stand there.
    if (!this.#isOver) {
      this.#isOver = true
      this.#options.onBroken(error)
    }
    return new AppError('unavailable', 'The room could not keep this, and is opened anew')
  }

  #show(events: readonly Recorded<RoomEvent>[], moment: Moment): void {
    this.#shown = moment
    for (const event of events) publishEvent(this.#options.publish, this.#destination, event)
  }
}
