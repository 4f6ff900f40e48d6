import { AppError } from '@innkeeper/protocol/problems'
import { subprotocol, ticketSubprotocolPrefix } from '@innkeeper/protocol/frames'
import { limits } from '@innkeeper/protocol/limits'
import { parseRoomId, type RoomId } from '@innkeeper/protocol/ids'
import { bearerToken } from '@innkeeper/web-kit/bearer-token'
import type { Origins } from '@innkeeper/web-kit/origins'
import { targetOf } from '@innkeeper/web-kit/request-target'

/** A socket address, read and found to be well formed. Nothing in it has been verified. */
export interface Address {
  readonly door: 'ticket' | 'channel'
  readonly roomId: RoomId | undefined
  /** Undefined: it will come as the first frame (`hello`). */
  readonly credential: string | undefined
  readonly since: number | undefined
  readonly takeover: boolean
  /** The subprotocol to answer with; without it some runtimes echo the first offered one, which is the ticket. */
  readonly subprotocol: string | undefined
}

/** @returns whether this path is a socket's */
export function isSocketPath(pathname: string): boolean {
  return pathname === '/ws' || pathname.startsWith('/enterRoom/')
}

/**
 * Reads the address of a socket.
 *
 * @throws AppError `origin-refused` | `bad-request` | `token-invalid`: the only refusals that come before 101
 */
export function parseAddress(request: Request, origins: Origins): Address {
  const { pathname, query } = readTarget(request)
  checkOrigin(request, origins)
  checkBodiless(request)
  const offered = parseSubprotocols(request.headers.get('sec-websocket-protocol'))
  const common = {
    since: parseSince(query.getAll('since')),
    takeover: query.get('takeover') === 'true',
    subprotocol: offered.includes(subprotocol) ? subprotocol : undefined,
  }
  if (pathname === '/ws') {
    return { door: 'channel', roomId: undefined, credential: parseChannelToken(request, query), ...common }
  }
  return {
    door: 'ticket',
    roomId: parseRoomPath(pathname),
    credential: parseTicket(request, offered),
    ...common,
  }
}

/** Nearly every address of a room: nothing to decode and no query. Reading it as a URL would cost more than the rest. */
const plainRoomPath = /^\/enterRoom\/[\w-]+$/
const emptyQuery = new URLSearchParams()

function readTarget({ url }: Request): { readonly pathname: string; readonly query: URLSearchParams } {
  const target = targetOf(url)
  if (plainRoomPath.test(target)) return { pathname: target, query: emptyQuery }
  const parsed = URL.parse(url)
  if (parsed === null) throw new AppError('bad-request', 'The Host header is malformed')
  return { pathname: parsed.pathname, query: parsed.searchParams }
}

function checkOrigin(request: Request, origins: Origins): void {
  const origin = request.headers.get('origin')
  // Browsers always say their origin; a native client proves that it is none with a header that pages cannot set.
  const isAllowed = origin === null ? request.headers.has('authorization') : origins.allows(origin)
  if (!isAllowed) throw new AppError('origin-refused')
}

/** Where a proxy sees a body and we see frames, the two disagree about what the next bytes are. */
function checkBodiless({ headers }: Request): void {
  const hasBody = headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0'
  if (hasBody) throw new AppError('bad-request', 'An upgrade has no body')
}

function parseRoomPath(pathname: string): RoomId {
  const id = parseRoomId(decodePath(pathname.slice('/enterRoom/'.length)))
  if (id === undefined) throw new AppError('bad-request', 'This is not the address of a room')
  return id
}

function decodePath(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return '' // No room has this id, which is what the caller says.
  }
}

function parseSince(values: readonly string[]): number | undefined {
  const [since, ...more] = values
  if (since === undefined) return undefined
  if (more.length > 0 || !/^\d{1,15}$/.test(since))
    throw new AppError('bad-request', '`since` is one whole number')
  return Number(since)
}

const subprotocolPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

function parseSubprotocols(header: string | null): readonly string[] {
  if (header === null) return []
  if (header.length > limits.subprotocolBytes) throw new AppError('bad-request', 'Too many subprotocols')
  const offered = header.split(',').map((entry) => entry.trim())
  if (offered.length > limits.subprotocolCount) throw new AppError('bad-request', 'Too many subprotocols')
  if (!offered.every((entry) => subprotocolPattern.test(entry)))
    throw new AppError('bad-request', 'A subprotocol is malformed')
  if (!offered.includes(subprotocol))
    throw new AppError('bad-request', `Offer the subprotocol ${subprotocol} too`)
  return offered
}

/** `?token=`, or for native clients the `Authorization` header, which no log ever shows. */
function parseChannelToken(request: Request, query: URLSearchParams): string {
  const authorization = request.headers.get('authorization')
  const tokens = query.getAll('token')
  if (authorization !== null && tokens.length === 0) return bearerToken(authorization) ?? ''
  // Two tokens are as good as none: which of them counts must not be a matter of taste.
  return tokens.length === 1 ? (tokens[0] ?? '') : ''
}

function parseTicket(request: Request, offered: readonly string[]): string | undefined {
  const authorization = request.headers.get('authorization')
  const tickets = offered.filter((entry) => entry.startsWith(ticketSubprotocolPrefix))
  if (authorization !== null) return tickets.length === 0 ? (bearerToken(authorization) ?? '') : ''
  if (tickets.length > 1) throw new AppError('bad-request', 'One ticket, not several')
  if (tickets[0] !== undefined) return tickets[0].slice(ticketSubprotocolPrefix.length)
  if (offered.length === 0) throw new AppError('token-invalid')
  return undefined
}
