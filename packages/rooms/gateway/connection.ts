import type { CloseCode, CloseReason } from '@innkeeper/protocol/close-codes'
import type { ConnectionId, RoomId } from '@innkeeper/protocol/ids'
import type { SocketPlace } from '../presence/incumbents'
import type { PresenceEntry } from '../presence/presence'
import type { Room } from '../runtime/room'
import type { RoomConnection } from '../runtime/room-options'
import type { Door, Entry } from './door'
import type { TokenBucket } from './token-bucket'

/** The socket itself. The runtime's own socket fits; so do the two ends of a relayed one. */
export interface Wire {
  send(text: string): unknown
  close(code?: number, reason?: string): void
  subscribe(topic: string): void
  unsubscribe(topic: string): void
  ping(): unknown
  getBufferedAmount(): number
}

/** What a socket's address asked for. */
export interface Asked {
  readonly door: Door
  readonly roomId: RoomId | undefined
  readonly since: number | undefined
  /** `?takeover=true`: the player's own word that the other device may be closed. */
  readonly takeover: boolean
  readonly ip: string
  /** The socket on the node that has led this one here: it is not led on, however often the room moves meanwhile. */
  readonly relayedBy: SocketPlace | undefined
}

/** Someone inside: everything that ends with the socket. */
export interface Inside {
  readonly kind: 'inside'
  readonly room: Room
  readonly presence: PresenceEntry
  entry: Entry
  /** Nothing but the welcome has passed: only now may a `resume` frame come. */
  isFresh: boolean
  isToldOfExpiry: boolean
}

/** Where a socket stands. What may arrive, and what a close has to undo, follow from it. */
export type Phase =
  | { readonly kind: 'refused'; readonly code: CloseCode; readonly reason: CloseReason }
  | { readonly kind: 'hello'; readonly untilMs: number }
  | { readonly kind: 'entering'; readonly credential: string; readonly queue: string[]; entry?: Entry }
  | Inside
  | { readonly kind: 'relayed'; readonly upstream: Upstream }
  | { readonly kind: 'closed' }

/** The other half of a socket whose room is on another node. */
export interface Upstream {
  send(text: string): void
  close(code: number): void
}

/** One socket of one player, from the upgrade to its close. */
export class Connection implements RoomConnection {
  phase: Phase
  /** The last `seq` that the player has seen, as the address or the hello said. */
  since: number | undefined
  wire: Wire | undefined
  /** Epoch ms; known once the presence is claimed, which is before the welcome. */
  presentSince = 0
  readonly bucket: TokenBucket
  /**
   * Answers the probe that waits: called at each pong, and once the socket has closed. Frames answer nothing: they may
   * have been on their way since before the page was reloaded.
   */
  onAnswer: (() => void) | undefined

  constructor(
    readonly connectionId: ConnectionId,
    readonly request: Asked,
    first: { readonly phase: Phase; readonly bucket: TokenBucket },
  ) {
    this.phase = first.phase
    this.bucket = first.bucket
    this.since = request.since
  }

  get isClosed(): boolean {
    return this.phase.kind === 'closed'
  }

  send(text: string): void {
    this.wire?.send(text)
  }

  subscribe(topics: readonly string[]): void {
    for (const topic of topics) this.wire?.subscribe(topic)
  }

  unsubscribe(topics: readonly string[]): void {
    for (const topic of topics) this.wire?.unsubscribe(topic)
  }

  close(code: CloseCode, reason: CloseReason): void {
    this.wire?.close(code, JSON.stringify(reason))
  }
}

/** The reason of a close that invites to come back: spread out, so that a whole room does not return at once. */
export function comeBack(
  type: CloseReason['type'],
  options: { readonly afterMs: number; readonly spread: number },
): CloseReason {
  return { type, retryAfterMs: Math.round(options.afterMs * (1 + options.spread)) }
}
