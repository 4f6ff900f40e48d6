import { closeCodes, mayComeBack } from '@innkeeper/protocol/close-codes'
import type { EventFrame, PlayerInfo, ServerFrame, WelcomeFrame } from '@innkeeper/protocol/frames'
import { assertNever } from '@innkeeper/protocol/tools'
import { type Address, CannotConnect, TryLater, withQuery } from './address'
import type { ConnectionState, Ended } from './connection-state'
import type { Effects, Socket } from './effects'
import { CommandLost, Outbox, type OutboxEvents } from './outbox'
import type { OutboxStorage, WaitingCommand } from './outbox-storage'
import { parseCloseReason, parseServerFrame } from './parse-frames'
import { Patience } from './patience'
import { Pulse } from './pulse'
import { Sequence } from './sequence'

type PresenceFrame = Extract<ServerFrame, { type: 'presence' }>
type RenewedFrame = Extract<ServerFrame, { type: 'renewed' }>

/** What a connection tells its owner. All run synchronously, in the order of the room. */
export interface ConnectionEvents extends OutboxEvents {
  onState?(state: ConnectionState): void
  /** With `resumed` the state that you hold goes on; else `state` replaces it. */
  onWelcome?(welcome: WelcomeFrame): void
  /** Each `seq` once and in order, `hidden` ones too. Fold it with the room type's `evolve`. */
  onEvent?(event: EventFrame): void
  onPresence?(presence: PresenceFrame): void
  /** The ticket ends soon: `renew` it. */
  onExpiring?(inSeconds: number): void
  onRenewed?(renewed: RenewedFrame): void
}

/** How to reach a room. */
export interface ConnectionOptions extends ConnectionEvents {
  /**
   * Asked before every try, so that it may refresh tokens and fetch a ticket. A CannotConnect ends the connection with
   * its message as reason, a TryLater says how long to wait; any other failure counts as a drop.
   */
  readonly address: () => Address | Promise<Address>
  /** Move here when this player is connected elsewhere: the other one is closed with 4410. First try only. */
  readonly takeover?: boolean
  /** Where commands without an answer survive a reload. */
  readonly storage?: OutboxStorage
  /**
   * Asked when the server ends the connection for good: true when there is a way back all the same, such as another
   * ticket in place of one that has expired. Then it counts as a drop.
   */
  mayReturn?(ended: Ended): boolean
}

/** A try that was not welcomed by then has failed. */
const welcomeMs = 10_000
/** A command that was not answered by then was sent into a dead socket; the same for missed events that do not come. */
const answerMs = 10_000
/** After a silence of this length a waking page does not trust its socket: the server gave up on it by then. */
const silenceMs = 30_000

/** How often in a row a returning player may find their own place taken: for some five seconds. */
const mostGhosts = 4
/** A command that no room has: the refusal is the sign of life, and nothing else comes of it. */
const pulseFrame = JSON.stringify({ type: 'command', id: 'pulse', name: 'innkeeper.pulse' })

/** One try to be in the room. A socket's late words are told from the current one's by the try they belong to. */
interface Attempt {
  socket: Socket | null
  /** What a `draining` frame asked for; the close that follows need not repeat it. */
  drainMs?: number
}

/**
 * One player's way into one room: keeps it open, resumes after a drop without missing or repeating an event, and
 * sends commands again until they are answered. Ends for good on a close code below 4500, or on `leave`.
 */
export class RoomConnection {
  readonly #options: ConnectionOptions
  readonly #effects: Effects
  readonly #outbox: Outbox
  readonly #sequence = new Sequence()
  readonly #patience: Patience
  readonly #pulse: Pulse
  #state: ConnectionState = { kind: 'connecting', sinceMs: null }
  #attempt: Attempt | null = null
  #cancelTimer: () => void = () => {}
  #me: PlayerInfo | null = null
  #heardAtMs: number | null = null
  #takeover: boolean
  /** As the latest welcome said. */
  #presentSince: number | undefined
  #isRestored = false
  /** Whether a socket of this connection was left behind; the server may not know yet that it is over. */
  #hasLeftSocket = false
  #ghostsMet = 0
  readonly #followers = new Set<() => void>()

  constructor(options: ConnectionOptions, effects: Effects) {
    this.#options = options
    this.#effects = effects
    this.#outbox = new Outbox(
      {
        onWaiting: (waiting) => {
          options.onWaiting?.(waiting)
          this.#tellFollowers()
        },
        onRefused: (command, problem) => options.onRefused?.(command, problem),
        onLost: (commands, why) => options.onLost?.(commands, why),
      },
      options.storage,
    )
    this.#patience = new Patience(effects)
    this.#pulse = new Pulse(effects, {
      ask: () => this.#attempt?.socket?.send(pulseFrame),
      onSilence: () => this.#reconnect(),
    })
    this.#takeover = options.takeover ?? false
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** The player as the room knows them, once welcomed. */
  get me(): PlayerInfo | null {
    return this.#me
  }

  /** When the latest frame came (epoch ms); null before the first. A quiet room sends none. */
  get heardAtMs(): number | null {
    return this.#heardAtMs
  }

  /** The commands without an answer, in the order they were given. */
  get waiting(): readonly WaitingCommand[] {
    return this.#outbox.waiting
  }

  /**
   * For helpers beside the owner: runs `changed` whenever `state` or `waiting` has changed.
   *
   * @returns a function that stops it
   */
  follow(changed: () => void): () => void {
    this.#followers.add(changed)
    return () => void this.#followers.delete(changed)
  }

  /** Starts; the rest happens through the callbacks. */
  open(): void {
    this.#restore()
    if (this.#attempt === null && this.#state.kind === 'connecting') this.#connect()
  }

  /**
   * Sends a command, now or as soon as the room is back. With `storage` it is sent after a reload too; then its answer
   * shows in the events, and a refusal in `onRefused`.
   *
   * @returns the event that acknowledges it
   * @throws CommandRefused with the room's problem; QueueFull when `mostWaiting` are waiting; CommandCancelled after
   *   `cancel`; CommandKept after `leave`, when it is in storage; CommandLost when the connection has ended or nobody can know any more
   */
  async send(name: string, payload: unknown): Promise<EventFrame> {
    if (this.#state.kind === 'ended') throw new CommandLost('The connection has ended')
    // A fresh id for ever: the server remembers ids to do a command once, also those from before a reload.
    const id = this.#effects.random.uuid()
    this.#restore()
    const answer = this.#outbox.add({ id, name, payload, sinceMs: this.#effects.now() })
    if (this.#state.kind === 'live' && this.#sequence.hasCaughtUp()) this.#transmit(id)
    return await answer
  }

  /** Calls a command off that is not on its way yet. @returns whether it was still time */
  cancel(id: string): boolean {
    return this.#outbox.cancel(id)
  }

  /** Trades the ticket for a later end, on the open socket. A guest, who cannot fetch one, leaves it out. */
  renew(ticket?: string): void {
    const frame = ticket === undefined ? { type: 'renew' } : { type: 'renew', ticket }
    if (this.#state.kind === 'live') this.#attempt?.socket?.send(JSON.stringify(frame))
  }

  /** The page is in view or the network is back: do not sit out a wait, and do not trust a socket that slept. */
  wake(): void {
    const hasSlept = this.#effects.now() - (this.#heardAtMs ?? 0) > silenceMs
    if (this.#state.kind === 'waiting' || (this.#state.kind === 'live' && hasSlept)) this.#reconnect()
  }

  /** The network is gone: says so at once, where the socket itself would notice in a minute. */
  networkLost(): void {
    if (this.#state.kind === 'live' || this.#state.kind === 'connecting') this.#wait()
  }

  /** Hangs up for good. What waits stays in `storage`, for whoever enters this room next. */
  leave(): void {
    if (this.#state.kind === 'ended') return
    this.#outbox.leaveBehind()
    this.#end({ kind: 'ended', code: 1000, reason: 'left' })
  }

  #reconnect(): void {
    this.#patience.lost()
    this.#connect()
  }

  #connect(): void {
    this.#abandonAttempt()
    const attempt: Attempt = { socket: null }
    this.#attempt = attempt
    this.#cancelTimer = this.#effects.after(welcomeMs, () => this.#wait())
    this.#setState({ kind: 'connecting', sinceMs: this.#patience.lostAtMs })
    void this.#openSocket(attempt)
  }

  async #openSocket(attempt: Attempt): Promise<void> {
    try {
      const { url, protocols } = this.#withResume(await this.#options.address())
      if (this.#attempt !== attempt) return
      attempt.socket = this.#effects.openSocket(url, protocols, {
        onText: (text) => this.#attempt === attempt && this.#receive(text, attempt),
        onClose: (code, reason) => this.#attempt === attempt && this.#closed(code, reason, attempt),
      })
    } catch (error) {
      if (this.#attempt !== attempt) return
      if (error instanceof CannotConnect) this.#end(toEnded(error))
      else this.#wait(error instanceof TryLater ? error.retryAfterMs : undefined)
    }
  }

  #withResume(address: Address): Address {
    const since = this.#sequence.last
    return withQuery(address, {
      ...(since === null ? {} : { since: String(since) }),
      ...(this.#takeover ? { takeover: 'true' } : {}),
    })
  }

  #receive(text: string, attempt: Attempt): void {
    this.#heardAtMs = this.#effects.now()
    this.#pulse.heard()
    const frame = parseServerFrame(text)
    if (frame === undefined) return
    switch (frame.type) {
      case 'welcome':
        return this.#welcomed(frame)
      case 'event':
        return this.#happened(frame)
      case 'reject':
        return this.#outbox.refuse(frame)
      case 'presence':
        return this.#options.onPresence?.(frame)
      case 'expiring':
        return this.#options.onExpiring?.(frame.inSeconds)
      case 'renewed':
        return this.#options.onRenewed?.(frame)
      case 'draining':
        attempt.drainMs = frame.reconnectInMs
        return
      default:
        return assertNever(frame)
    }
  }

  #welcomed(welcome: WelcomeFrame): void {
    // Another role may bring a new view at any time; what waits for an answer has been sent on this very socket.
    const isAnew = this.#state.kind === 'live'
    this.#cancelTimer()
    this.#takeover = false
    this.#ghostsMet = 0
    this.#me = welcome.you
    this.#presentSince = welcome.presentSince
    this.#sequence.welcomed(welcome.seq, welcome.resumed)
    this.#patience.live()
    this.#pulse.start()
    this.#options.onWelcome?.(welcome)
    this.#setState({ kind: 'live' })
    if (isAnew) return
    if (!welcome.resumed) this.#outbox.dropUncertain(welcome.seq)
    if (this.#sequence.hasCaughtUp()) this.#sendWaiting()
    else this.#expectSoon(() => this.#sequence.hasCaughtUp())
  }

  #happened(event: EventFrame): void {
    const wasCaughtUp = this.#sequence.hasCaughtUp()
    const order = this.#sequence.follow(event.seq)
    if (order === 'gap') return this.#reconnect()
    if (order === 'next') this.#options.onEvent?.(event)
    // An old event too: it is the server's answer to a command that was sent twice.
    this.#outbox.acknowledge(event, this.#me?.uuid ?? '')
    if (!wasCaughtUp && this.#sequence.hasCaughtUp()) this.#sendWaiting()
  }

  /** Only after the missed events: most commands find their answer among them and need not go twice. */
  #sendWaiting(): void {
    for (const id of this.#outbox.ids()) this.#transmit(id)
  }

  #transmit(id: string): void {
    const text = this.#outbox.toSend(id, this.#sequence.last ?? 0)
    if (text === undefined) return
    this.#attempt?.socket?.send(text)
    this.#expectSoon(() => !this.#outbox.has(id))
  }

  /** What has not come by then does not come on this socket any more. */
  #expectSoon(hasCome: () => boolean): void {
    const attempt = this.#attempt
    this.#effects.after(answerMs, () => {
      if (this.#attempt === attempt && this.#state.kind === 'live' && !hasCome()) this.#reconnect()
    })
  }

  #closed(code: number, reason: string, attempt: Attempt): void {
    const { type, retryAfterMs, where } = parseCloseReason(reason)
    const ended: Ended = { kind: 'ended', code, reason: type, ...(where && { where }) }
    if (this.#isOwnSocket(ended)) return this.#takeOver()
    if (mayComeBack(code) || this.#isGhost(ended) || this.#options.mayReturn?.(ended))
      this.#wait(retryAfterMs ?? attempt.drainMs)
    else this.#end(ended)
  }

  /** The server still believes in the socket that this side has given up: nobody else sits there. */
  #isOwnSocket(ended: Ended): boolean {
    const rival = rivalOf(ended)
    return rival !== undefined && !this.#takeover && rival.sinceMs === this.#presentSince
  }

  #takeOver(): void {
    this.#takeover = true
    this.#connect()
  }

  /**
   * Who comes back over a slow line may be told that they are in the room already, by a socket whose welcome has never
   * arrived. It goes away; another device does not.
   */
  #isGhost(ended: Ended): boolean {
    if (rivalOf(ended) === undefined || !this.#hasLeftSocket) return false
    this.#ghostsMet += 1
    return this.#ghostsMet <= mostGhosts
  }

  #wait(askedMs?: number): void {
    this.#abandonAttempt()
    this.#patience.lost()
    const retryInMs = this.#patience.nextWaitMs(askedMs)
    this.#cancelTimer = this.#effects.after(retryInMs, () => this.#connect())
    this.#setState({ kind: 'waiting', retryInMs, sinceMs: this.#patience.lostAtMs })
  }

  #end(ended: Ended): void {
    this.#abandonAttempt()
    this.#setState(ended)
    this.#outbox.abandon('The connection has ended')
  }

  #abandonAttempt(): void {
    this.#cancelTimer()
    this.#pulse.stop()
    const socket = this.#attempt?.socket
    this.#attempt = null
    if (socket) this.#hasLeftSocket = true
    socket?.close()
  }

  #setState(state: ConnectionState): void {
    this.#state = state
    this.#options.onState?.(state)
    this.#tellFollowers()
  }

  #restore(): void {
    if (this.#isRestored) return
    this.#isRestored = true
    this.#outbox.restore(this.#effects.now())
  }

  #tellFollowers(): void {
    for (const changed of this.#followers) changed()
  }
}

/** @returns where the player's presence is held by another socket, when that is why this one ended */
function rivalOf({ code, where }: Ended): Ended['where'] {
  return code === closeCodes.alreadyConnected ? where : undefined
}

function toEnded({ code, message, where }: CannotConnect): Ended {
  return { kind: 'ended', code, reason: message, ...(where && { where }) }
}
