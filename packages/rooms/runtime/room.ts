import { AppError, toProblem } from '@innkeeper/protocol/problems'
import { limits } from '@innkeeper/protocol/limits'
import type { PlayerInfo, PresenceStatus, RejectFrame, WelcomeFrame } from '@innkeeper/protocol/frames'
import type { ConnectionId } from '@innkeeper/protocol/ids'
import { andThen, type Soon } from '@innkeeper/protocol/tools'
import {
  innkeeper,
  isRefusal,
  type Player,
  type Recorded,
  type Refusal,
  type RoomEvent,
  type RoomType,
  type Viewer,
} from '../room-type'
import type { Horizon } from '../journal/read-history'
import type { RoomRecord } from '../room-record'
import type { CommandInput, RoomView } from '../rooms'
import { EventEncoder, everyoneTopic, parseKept, publishEvent, topicsOf, type Destination } from './fan-out'
import { History, type KeptEvent } from './history'
import { fingerprintOf } from './command-fingerprint'
import { toAppError } from './refusal'
import type { Moment, RoomConnection, RoomOptions, RoomStore } from './room-options'

/** `info` names the player to others; with its uuid and role it is the viewer as well. */
interface Member {
  readonly info: PlayerInfo
  readonly connection: RoomConnection
}

/** How a command came. */
interface Arrival {
  readonly at: number
  /** Of the whole frame: most are so short that their payload need not be measured. */
  readonly chars: number
  /** The payload as its sender wrote it. */
  readonly payloadText?: string | undefined
}

/** When, by whom and by which command events were decided. */
interface Origin {
  readonly at: number
  readonly by: string
  readonly ref: string | undefined
  readonly fingerprint?: number | undefined
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
    const { id } = options.record
    this.#destination = { encoder: new EventEncoder(options.type), id, topic: everyoneTopic(id), viewers }
    this.#head = options.start
    this.#shown = options.start
    const firstSeq = (options.past[0]?.seq ?? options.start.seq + 1) - 1
    const kept = { events: limits.ringEvents, bytes: limits.ringBytes }
    this.#history = new History(kept, firstSeq, options.store !== undefined)
    for (const event of options.past) this.#keep(event)
  }

  /** The players inside; who only watches is none. */
  get size(): number {
    return this.#members.size - this.#watching
  }

  get isIdle(): boolean {
    return this.#members.size === 0 && this.#away.size === 0 && this.#writes === undefined
  }

  /** @param player  with the role that a seat or `admit` gave; without one, the role that the state gives counts */
  isFullFor({ uuid, role }: Pick<Player, 'uuid' | 'role'>): boolean {
    if (this.#members.has(uuid)) return false
    const { watcherRole } = this.type
    const asked = role ?? this.type.roleOf?.(this.#shown.state, uuid)?.role ?? watcherRole
    return watcherRole !== undefined && asked === watcherRole
      ? this.#watching >= limits.watchersPerRoom
      : this.size >= this.record.maxPlayers
  }

  /** @throws AppError what the room type refused */
  admit(player: Player): Soon<Viewer> {
    const now = this.#options.clock()
    const admitted = this.type.admit(this.#head.state, player, { now, random: this.#options.random })
    if (isRefusal(admitted)) throw toAppError(admitted)
    const { role, events } = admitted
    const origin = { at: now, by: player.uuid, ref: undefined }
    const shown = events.length > 0 ? this.#record(events, origin).shown : undefined
    return andThen(shown, () => this.#seen({ uuid: player.uuid, role }, this.#shown))
  }

  /**
   * Seats a connection and sends its welcome.
   *
   * @param since  the last `seq` that this player has seen
   * @throws AppError `room-full` or what the room type refused
   */
  enter(player: Player, connection: RoomConnection, since: number | undefined): Soon<void> {
    this.#checkPlace(player)
    return andThen(this.admit(player), (viewer) => {
      if (this.#isOver) throw new AppError('unavailable', 'The room is being moved')
      // Asked again: others may have come in while this entry was being written.
      this.#checkPlace(viewer)
      this.#sit({ uuid: viewer.uuid, nick: player.nick, role: viewer.role }, connection, since)
    })
  }

  /** Nothing is awaited here: between what the welcome says and the topics there must be no gap. */
  #sit(info: PlayerInfo, connection: RoomConnection, since: number | undefined): void {
    this.#away.delete(info.uuid)
    this.#publishPresence(info, 'online')
    this.#members.set(info.uuid, { info, connection })
    try {
      this.#welcome(info, connection, since)
    } catch (error) {
      // A view that fails must not leave a seat behind in which nobody sits.
      this.leave(info.uuid, connection.connectionId, 'left')
      throw error
    }
    connection.subscribe(topicsOf(this.type, this.record.id, info))
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

  /** Lets those who stayed away too long go, and ends what the rules say has ended. */
  tick(): void {
    const now = this.#options.clock()
    this.#elapse(now)
    for (const [uuid, { info, leavesAt }] of this.#away) {
      if (leavesAt > now) continue
      this.#away.delete(uuid)
      this.#publishPresence(info, 'left')
    }
  }

  /** A command from a socket: the event is its acknowledgement, a reject frame its refusal. */
  command(uuid: string, input: CommandInput, arrival: Arrival): void {
    const member = this.#members.get(uuid)
    if (!member) return
    const outcome = this.#apply(member.info, input, arrival)
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
    const outcome = this.#apply(by, input, { at: this.#options.clock(), chars: Number.POSITIVE_INFINITY })
    if (isRefusal(outcome)) throw toAppError(outcome)
    if (outcome.kind === 'recorded') await outcome.shown
    else await this.#writes
    const events = outcome.kind === 'recorded' ? outcome.events : outcome.events.map(parseKept)
    const viewer = this.#seen(by, this.#shown)
    return events.map((event) => this.type.viewEvent(event, viewer)).filter((event) => event !== null)
  }

  view(viewer: Viewer): RoomView {
    const { role } = this.#seen(viewer, this.#shown)
    const state = this.type.view(this.#shown.state, { uuid: viewer.uuid, role })
    return { seq: this.#shown.seq, role, state, players: this.#players() }
  }

  /** How far, and in which role, somebody may read in the journal. */
  horizonOf(viewer: Viewer): Horizon {
    return { type: this.type.name, seq: this.#shown.seq, viewer: this.#seen(viewer, this.#shown) }
  }

  /** Resolves when everything that was decided is published. */
  async settle(): Promise<void> {
    while (this.#writes) await this.#writes
  }

  /** No one gets in any more; sockets are the gateway's to close. */
  end(): void {
    this.#isOver = true
  }

  get #watching(): number {
    const { watcherRole } = this.type
    if (watcherRole === undefined) return 0
    let count = 0
    for (const { info } of this.#members.values()) if (info.role === watcherRole) count += 1
    return count
  }

  #checkPlace(player: Pick<Player, 'uuid' | 'role'>): void {
    const { maxPlayers } = this.record
    if (this.isFullFor(player)) throw new AppError('room-full', `Players: ${this.size} of ${maxPlayers}`)
  }

  #welcome(you: PlayerInfo, connection: RoomConnection, since: number | undefined): void {
    const missed = this.#missedBy(you, since)
    const base = { type: 'welcome', roomId: this.record.id, you, seq: this.#shown.seq } as const
    const here = { players: this.#players(), presentSince: connection.presentSince }
    const frame: WelcomeFrame = missed
      ? { ...base, resumed: true, ...here }
      : { ...base, resumed: false, state: this.type.view(this.#shown.state, you), ...here }
    connection.send(JSON.stringify(frame))
    for (const event of missed ?? []) connection.send(this.#destination.encoder.replay(event, you))
  }

  /** @returns undefined when the events do not lead from what was seen then to what is seen now */
  #missedBy({ uuid }: Viewer, since: number | undefined): readonly KeptEvent[] | undefined {
    const held = this.type.roleOf?.(this.#shown.state, uuid)
    if (since === undefined || (held && since < held.since)) return undefined
    return this.#history.between(since, this.#shown.seq)
  }

  /** Whoever has another role since `seq` sees another room: they leave the old role's topic and start anew. */
  #reseatSince(seq: number): void {
    for (const { info, connection } of this.#members.values()) {
      const held = this.type.roleOf?.(this.#shown.state, info.uuid)
      if (held === undefined || held.since <= seq) continue
      const seated: PlayerInfo = { ...info, role: held.role }
      connection.unsubscribe(topicsOf(this.type, this.record.id, info))
      this.#members.set(info.uuid, { info: seated, connection })
      this.#welcome(seated, connection, undefined)
      connection.subscribe(topicsOf(this.type, this.record.id, seated))
    }
  }

  /** @returns the viewer in the role that they have at that moment */
  #seen(viewer: Viewer, { state }: Moment): Viewer {
    // A role that nobody can come in as is the server's own, whoever it acts for.
    if (!this.type.roles.includes(viewer.role)) return viewer
    const held = this.type.roleOf?.(state, viewer.uuid)
    return held === undefined || held.role === viewer.role ? viewer : { uuid: viewer.uuid, role: held.role }
  }

  #players(): readonly PlayerInfo[] {
    return Array.from(this.#members.values(), (member) => member.info)
  }

  #publishPresence({ uuid, nick }: PlayerInfo, status: PresenceStatus): void {
    this.#options.publish(this.#destination.topic, JSON.stringify({ type: 'presence', uuid, nick, status }))
  }

  #apply(by: Viewer, input: CommandInput, { at, chars, payloadText }: Arrival): Outcome | Refusal {
    if (this.#isOver) return { refused: 'unavailable', detail: 'The room is being moved' }
    const { maxPayloadBytes } = this.type
    const isShort = chars * maxBytesPerChar <= maxPayloadBytes
    if (!isShort && byteLengthOf(input.payload) > maxPayloadBytes) {
      return { refused: 'too-large', detail: `A payload has at most ${maxPayloadBytes} bytes` }
    }
    const { random, log, store } = this.#options
    const fingerprint = store && fingerprintOf(input)
    const applied = store && this.#history.ofCommand(by.uuid, input.id, fingerprint)
    if (applied === 'another') return { refused: 'conflict', detail: 'This id was used for another command' }
    if (applied) return { kind: 'repeated', events: applied }
    try {
      const parsed = this.type.parseCommand(input.name, input.payload)
      if (isRefusal(parsed)) return parsed
      const actor = this.#seen(by, this.#head)
      const decision = this.type.decide(this.#head.state, actor, parsed.command, { now: at, random })
      if (isRefusal(decision)) return decision
      if (decision.events.length === 0) return { refused: 'conflict', detail: 'This changes nothing' }
      // What was measured of a long one is not this text.
      if (isShort && payloadText !== undefined)
        this.#destination.encoder.hear({ id: input.id, payload: input.payload, payloadText })
      return this.#record(decision.events, { at, by: by.uuid, ref: input.id, fingerprint })
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

  #elapse(now: number): void {
    if (this.#isOver || !this.type.elapse) return
    const { random, log } = this.#options
    try {
      const events = this.type.elapse(this.#head.state, { now, random })
      if (events.length > 0) this.#record(events, { at: now, by: innkeeper, ref: undefined })
    } catch (error) {
      // The room is broken: that has been said already.
      if (error instanceof AppError) return
      log.error({ error, room: this.record.id, type: this.type.name }, 'A rule broke its promise')
    }
  }

  #record(decided: readonly RoomEvent[], { at, by, ref, fingerprint }: Origin): RecordedNow {
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
      for (const event of events) this.#keep(event, fingerprint)
      if (!store) this.#show(events, this.#head)
    } catch (error) {
      throw this.#break(error)
    }
    const shown = store && this.#write(store, events, this.#head)
    return { kind: 'recorded', events, shown }
  }

  #keep(event: Recorded<RoomEvent>, fingerprint?: number): void {
    this.#history.push(event, this.#destination.encoder.encodeToKeep(event), fingerprint)
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
    const before = this.#shown
    this.#shown = moment
    // Before the events: a client that drops in between then has the new view, or a `since` that says it has not.
    if (this.type.roleOf) this.#reseatSince(before.seq)
    for (const event of events) publishEvent(this.#options.publish, this.#destination, event)
  }
}
