import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { ProblemCode } from '@innkeeper/protocol/problems'
import { type Address, CannotConnect, entranceAddress, ticketAddress, TryLater } from './address'
import { startAge } from './age'
import { type ConnectionOptions, RoomConnection } from './connection'
import type { Ended } from './connection-state'
import type { Effects } from './effects'
import { SignedOut } from './identity'
import { RequestRefused, type Server } from './request'
import { AlreadyElsewhere, getTicket, type RoomTicket, type TicketRequest } from './tickets'

/** A room, who enters it, and what they want to hear of it. */
export interface EnterRoomOptions
  extends Server, TicketRequest, Omit<ConnectionOptions, 'address' | 'mayReturn'> {}

/** A ticket that ends sooner is not worth connecting with. */
const nearEndMs = 120_000
/** Between tries to renew a ticket; the server says that it ends two minutes before it does. */
const renewAgainMs = 10_000

/**
 * Enters a room and stays in it: fetches a ticket (and refreshes the identity token before, when that is due), connects,
 * comes back after drops, with another ticket when the old one is near its end, and renews it on the open socket.
 *
 * What keeps a player out for good ends the connection: `reason` is the problem's type, `where` the room that they are
 * in instead. A guest is whoever holds the ticket: one who was away until it ended enters anew, as somebody else.
 */
export function enterRoom(options: EnterRoomOptions, effects: Effects): RoomConnection {
  const entrance = new Entrance(options, effects)
  const connection: RoomConnection = new RoomConnection(
    {
      ...options,
      address: () => entrance.address(),
      mayReturn: (ended) => entrance.mayReturn(ended),
      onWelcome(welcome) {
        entrance.welcomed()
        options.onWelcome?.(welcome)
      },
      onExpiring(inSeconds) {
        void entrance.renew(inSeconds, (ticket) => connection.renew(ticket))
        options.onExpiring?.(inSeconds)
      },
      onRenewed(renewed) {
        entrance.renewed(renewed)
        options.onRenewed?.(renewed)
      },
    },
    effects,
  )
  connection.open()
  return connection
}

interface HeldTicket {
  readonly ticket: string
  readonly url: string
  leftMs(): number
}

/** The ticket in hand, and when another one is needed. */
class Entrance {
  readonly #options: EnterRoomOptions
  readonly #effects: Effects
  #held: HeldTicket | null = null
  /** Whether the ticket in hand has opened the room once. */
  #isProved = false
  #triesSinceWelcome = 0
  #move: boolean

  constructor(options: EnterRoomOptions, effects: Effects) {
    this.#options = options
    this.#effects = effects
    this.#move = options.move ?? false
  }

  async address(): Promise<Address> {
    const { origin, roomId } = this.#options
    if (this.#held === null || (!this.#isGuest() && this.#held.leftMs() < nearEndMs)) await this.#fetch()
    if (this.#held === null) throw new CannotConnect('/problems/token-invalid')
    this.#triesSinceWelcome += 1
    // The node that the ticket names may be gone; every other leads to where the room is now.
    return this.#triesSinceWelcome === 1
      ? entranceAddress(this.#held.url, this.#held.ticket)
      : ticketAddress(origin, roomId, this.#held.ticket)
  }

  welcomed(): void {
    this.#isProved = true
    this.#triesSinceWelcome = 0
    this.#move = false
  }

  /** A ticket that was good once has ended, or its room's key was changed: another one may do. */
  mayReturn({ code }: Ended): boolean {
    if (code !== closeCodes.ticketInvalid || !this.#isProved || this.#isGuest()) return false
    this.#held = null
    this.#isProved = false
    return true
  }

  async renew(inSeconds: number, send: (ticket?: string) => void): Promise<void> {
    if (this.#isGuest()) return send()
    try {
      await this.#fetch()
      send(this.#held?.ticket)
    } catch (error) {
      const leftSeconds = inSeconds - renewAgainMs / 1_000
      // Refused for good: the server closes the socket by itself.
      if (leftSeconds > 0 && !(error instanceof CannotConnect))
        this.#effects.after(renewAgainMs, () => void this.renew(leftSeconds, send))
    }
  }

  /** The room took the ticket; a guest is sent one. */
  renewed({ expiresIn, ticket }: { readonly expiresIn: number; readonly ticket?: string }): void {
    this.#isProved = true
    if (ticket !== undefined && this.#held !== null)
      this.#hold({ ticket, url: this.#held.url, expiresInMs: expiresIn * 1_000 })
  }

  #isGuest(): boolean {
    return 'guest' in this.#options.as
  }

  async #fetch(): Promise<void> {
    try {
      this.#hold(await getTicket(this.#options, { ...this.#options, move: this.#move }))
      this.#isProved = false
    } catch (error) {
      throw toVerdict(error)
    }
  }

  #hold({ ticket, url, expiresInMs }: Omit<RoomTicket, 'player'>): void {
    const ageMs = startAge(this.#effects)
    this.#held = { ticket, url, leftMs: () => expiresInMs - ageMs() }
  }
}

const endings: Partial<Record<ProblemCode, number>> = {
  'already-in-room': closeCodes.alreadyConnected,
  'room-full': closeCodes.alreadyConnected,
  'room-not-found': closeCodes.roomClosed,
  banned: closeCodes.revoked,
  'guests-not-allowed': closeCodes.revoked,
  'not-allowed': closeCodes.revoked,
}

/** @returns what a connection makes of a refused ticket: an end, a wait, or (as it is) a drop */
function toVerdict(error: unknown): unknown {
  if (error instanceof SignedOut) return new CannotConnect(error.message)
  if (error instanceof AlreadyElsewhere)
    return new CannotConnect(error.problem.type, closeCodes.alreadyConnected, error.where)
  if (!(error instanceof RequestRefused)) return error
  const { problem, retryAfterMs } = error
  if (retryAfterMs !== null) return new TryLater(retryAfterMs)
  if (problem.status === 429 || problem.status >= 500) return error
  return new CannotConnect(problem.type, endings[parseCode(problem.type)])
}

function parseCode(type: string): ProblemCode {
  return type.replace('/problems/', '') as ProblemCode
}
