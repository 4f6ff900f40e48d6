import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { Whereabouts } from './connection-state'

/** Where a socket goes and which subprotocols it offers. */
export interface Address {
  readonly url: string
  readonly protocols: readonly string[]
}

/** Says no for good: no retry can change it. Thrown by whoever supplies an address. */
export class CannotConnect extends Error {
  override readonly name = 'CannotConnect'
  constructor(
    /** Becomes the `reason` of the end. */
    reason: string,
    /** Becomes its `code`: what a socket would have been closed with. */
    readonly code: number = closeCodes.ticketInvalid,
    readonly where?: Whereabouts,
  ) {
    super(reason)
  }
}

/** Says no for now. Thrown by whoever supplies an address and was told how long to wait. */
export class TryLater extends Error {
  override readonly name = 'TryLater'
  constructor(readonly retryAfterMs: number) {
    super(`Try again in ${retryAfterMs} ms`)
  }
}

// Kept here rather than imported: protocol/frames carries the server's schemas, which a page has no use for.
const subprotocol = 'innkeeper.v1'
const ticketPrefix = 'ticket.'

/**
 * A table's live channel.
 *
 * @param origin        the server, such as `https://inn.example`
 * @param channelToken  `token` of create and join
 */
export function channelAddress(origin: string, channelToken: string): Address {
  return { url: `${toSocketOrigin(origin)}/ws?token=${encodeURIComponent(channelToken)}`, protocols: [] }
}

/**
 * A room entered with a ticket, in the form that browsers can send.
 *
 * @param origin  the server, such as `https://inn.example`
 */
export function ticketAddress(origin: string, roomId: string, ticket: string): Address {
  return entranceAddress(`${origin.replace(/\/+$/, '')}/enterRoom/${encodeURIComponent(roomId)}`, ticket)
}

/** The same at the node that holds the room. @param url  `url` of the ticket's answer */
export function entranceAddress(url: string, ticket: string): Address {
  return { url: toSocketOrigin(url), protocols: [subprotocol, ticketPrefix + ticket] }
}

/** @returns the address with further query parameters */
export function withQuery(address: Address, query: Readonly<Record<string, string>>): Address {
  const url = new URL(address.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return { ...address, url: url.href }
}

function toSocketOrigin(origin: string): string {
  return origin.replace(/^http/, 'ws').replace(/\/+$/, '')
}
