import { closeCodes, mayComeBack } from '@innkeeper/protocol/close-codes'
import type { EventFrame, PlayerInfo, ServerFrame, WelcomeFrame } from '@innkeeper/protocol/frames'
import { assertNever } from '@innkeeper/protocol/tools'
import { type Address, CannotConnect, withQuery } from './address'
import type { ConnectionState } from './connection-state'
import type { Effects, Socket } from './effects'
import { CommandLost, Outbox } from './outbox'
import { parseCloseReason, parseServerFrame } from './parse-frames'
import { Patience } from './patience'
import { Sequence } from './sequence'

type PresenceFrame = Extract<ServerFrame, { type: 'presence' }>
type RenewedFrame = Extract<ServerFrame, { type: 'renewed' }>

/** What a connection tells its owner. All run synchronously, in the order of the room. */
export interface ConnectionEvents {
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
   * Asked before every try, so that it may fetch a fresh ticket. A CannotConnect ends the connection with its
   * message as reason; any other failure counts as a drop.
   */
  readonly address: () => Address | Promise<Address>
  /** Move here when this player is connected elsewhere: the other one is closed with 4410. First try only. */
  readonly takeover?: boolean
}

/** A try that was not welcomed by then has failed. */
const welcomeMs = 10_000
/** A command that was not answered by then was sent into a dead socket. */
const acknowledgementMs = 10_000
/** After a silence of this length a waking page does not trust its socket: the server gave up on it by then. */
const silenceMs = 30_000

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
  readonly #outbox = new Outbox()
  readonly #sequence = new Sequence()
  readonly #patience: Patience
  #state: ConnectionState = { kind: 'connecting', sinceMs: null }
  #attempt: Attempt | null = null
  #cancelTimer: () => void = () => {}
  #me: PlayerInfo | null = null
  #heardAtMs = 0
  #takeover: boolean

  constructor(options: ConnectionOptions, effects: Effects) {
    this.#options = options
    this.#effects = effects
    this.#patience = new Patience(effects)
    this.#takeover = options.takeover ?? false
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** The player as the room knows them, once welcomed. */
  get me(): PlayerInfo | null {
    return this.#me
  }

  /** Starts; the rest happens through the callbacks. */
  open(): void {
    if (this.#attempt === null && this.#state.kind === 'connecting') this.#connect()
  }

  /**
   * Sends a command, now or as soon as the room is back.
   *
   * @returns the event that acknowledges it
   * @throws CommandRefused with the room's problem; CommandLost when the connection has ended
   */
  async send(name: string, payload: unknown): Promise<EventFrame> {
    if (this.#state.kind === 'ended') throw new CommandLost('The connection has ended')
    // A fresh id for ever: the server remembers ids to do a command once, also those from before a reload.
    const id = this.#effects.random.uuid()
    const text = JSON.stringify({ type: 'command', id, name, payload })
    const answer = this.#outbox.add(id, text)
    if (this.#state.kind === 'live' && this.#sequence.hasCaughtUp()) this.#transmit(id, text)
    return await answer
  }

  /** Trades the ticket for a later end, on the open socket. A guest, who cannot fetch one, leaves it out. */
  renew(ticket?: string): void {
    const frame = ticket === undefined ? { type: 'renew' } : { type: 'renew', ticket }
    if (this.#state.kind === 'live') this.#attempt?.socket?.send(JSON.stringify(frame))
  }

  /** The page is in view or the network is back: do not sit out a wait, and do not trust a socket that slept. */
  wake(): void {
    const hasSlept = this.#effects.now() - this.#heardAtMs > silenceMs
    if (this.#state.kind === 'waiting' || (this.#state.kind === 'live' && hasSlept)) this.#reconnect()
  }

  /** The network is gone: says so at once, where the socket itself would notice in a minute. */
  networkLost(): void {
    if (this.#state.kind === 'live' || this.#state.kind === 'connecting') this.#wait()
  }

  /** Hangs up for good. */
  leave(): void {
    if (this.#state.kind !== 'ended') this.#end(1000, 'left')
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
      if (error instanceof CannotConnect) this.#end(closeCodes.ticketInvalid, error.message)
      else this.#wait()
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
    this.#me = welcome.you
    this.#sequence.welcomed(welcome.seq, welcome.resumed)
    this.#patience.live()
    this.#options.onWelcome?.(welcome)
    this.#setState({ kind: 'live' })
    if (!isAnew && this.#sequence.hasCaughtUp()) this.#sendWaiting()
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
    for (const [id, text] of this.#outbox.frames()) this.#transmit(id, text)
  }

  #transmit(id: string, text: string): void {
    const attempt = this.#attempt
    attempt?.socket?.send(text)
    this.#effects.after(acknowledgementMs, () => {
      if (this.#attempt === attempt && this.#state.kind === 'live' && this.#outbox.has(id)) this.#reconnect()
    })
  }

  #closed(code: number, reason: string, attempt: Attempt): void {
    const { type, retryAfterMs } = parseCloseReason(reason)
    if (mayComeBack(code)) this.#wait(retryAfterMs ?? attempt.drainMs)
    else this.#end(code, type)
  }

  #wait(askedMs?: number): void {
    this.#abandonAttempt()
    this.#patience.lost()
    const retryInMs = this.#patience.nextWaitMs(askedMs)
    this.#cancelTimer = this.#effects.after(retryInMs, () => this.#connect())
    this.#setState({ kind: 'waiting', retryInMs, sinceMs: this.#patience.lostAtMs })
  }

  #end(code: number, reason: string): void {
    this.#abandonAttempt()
    this.#setState({ kind: 'ended', code, reason })
    this.#outbox.abandon('The connection has ended')
  }

  #abandonAttempt(): void {
    this.#cancelTimer()
    const socket = this.#attempt?.socket
    this.#attempt = null
    socket?.close()
  }

  #setState(state: ConnectionState): void {
    this.#state = state
    this.#options.onState?.(state)
  }
}
