import { parseClientFrame } from '@innkeeper/protocol/frames'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import { limits } from '@innkeeper/protocol/limits'
import { isGuestUuid } from '@innkeeper/names/guests'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { Directory } from '../directory/directory'
import type { TicketDesk } from '../tickets/ticket-desk'
import type { Connection } from './connection'
import type { Door } from './door'
import { keepNick } from './keep-nick'
import { turnAway } from './turn-away'

export interface InboxOptions {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly ticketDoor: Door
  readonly directory: Directory
  readonly desk: TicketDesk
  /** Starts the entry of a socket whose credential has come. */
  readonly enter: (connection: Connection, credential: string) => void
}

/** A frame, and when it came (epoch ms): the clock is read once for everything that is done with it. */
export interface Arrival {
  readonly data: string | Uint8Array
  readonly at: number
}

/** Takes what a client sends. Nothing is awaited between a command and its publication in a ring room. */
export function receive(options: InboxOptions, connection: Connection, { data, at }: Arrival): void {
  if (!connection.bucket.take(at)) return connection.close(closeCodes.tooMany, { type: '/problems/too-many' })
  if (isTooLarge(data)) return connection.close(closeCodes.tooLarge, { type: '/problems/too-large' })
  // No room type asks for binary frames yet.
  if (typeof data !== 'string') return badFrame(connection)
  const { phase } = connection
  switch (phase.kind) {
    case 'inside':
      return take(options, connection, { text: data, at })
    case 'entering':
      if (phase.queue.length >= limits.enteringFrames)
        return connection.close(closeCodes.tooMany, { type: '/problems/too-many' })
      phase.queue.push(data)
      return
    case 'hello':
      return greet(options, connection, data)
    case 'relayed':
      return phase.upstream.send(data)
    case 'refused':
    case 'closed':
      return
  }
}

function take(
  options: InboxOptions,
  connection: Connection,
  { text, at }: { readonly text: string; readonly at: number },
): void {
  const frame = parseClientFrame(text)
  const { phase: inside } = connection
  if (inside.kind !== 'inside') return
  if (!frame) return badFrame(connection)
  const isFirst = inside.isFresh
  inside.isFresh = false
  switch (frame.type) {
    case 'command':
      return inside.room.command(inside.entry.player.uuid, frame, {
        at,
        chars: text.length,
        payloadText: frame.payloadText,
      })
    case 'resume':
      if (!isFirst) return badFrame(connection)
      return inside.room.resume(inside.entry.player.uuid, frame.since)
    case 'renew':
      renew(options, connection, frame.ticket).catch((error: unknown) => turnAway(options, connection, error))
      return
    case 'hello':
      return badFrame(connection) // Who is inside has said who they are.
  }
}

function greet(options: InboxOptions, connection: Connection, text: string): void {
  const frame = parseClientFrame(text)
  if (frame?.type !== 'hello') return badFrame(connection)
  if (frame.since !== undefined) connection.since = frame.since
  options.enter(connection, frame.ticket)
}

/** A newer ticket of the same player and room moves the socket's end; any other closes it. */
async function renew(
  options: InboxOptions,
  connection: Connection,
  ticket: string | undefined,
): Promise<void> {
  const { phase: inside } = connection
  if (inside.kind !== 'inside') return
  const { entry, room } = inside
  const { player, roomId } = entry
  const given =
    ticket ?? (isGuestUuid(player.uuid) ? (await options.desk.renewGuest(player, roomId)).ticket : '')
  const next = await options.ticketDoor.open(given, room.record.id)
  if (connection.phase !== inside) return
  if ('turned' in next) return connection.close(next.turned, { type: `/problems/${next.problem}` })
  if (next.player.uuid !== player.uuid)
    return connection.close(closeCodes.revoked, { type: '/problems/not-allowed' })
  inside.entry = { ...next, player }
  await keepNick(options.directory, inside.entry, options.clock)
  inside.isToldOfExpiry = false
  const expiresIn = Math.round(((next.expiresAt ?? 0) - options.clock()) / 1_000)
  connection.send(
    JSON.stringify({ type: 'renewed', expiresIn, ...(ticket === undefined ? { ticket: given } : {}) }),
  )
}

function badFrame(connection: Connection): void {
  connection.close(closeCodes.badFrame, { type: '/problems/bad-request' })
}

function isTooLarge(data: string | Uint8Array): boolean {
  if (typeof data !== 'string') return data.length > limits.frameBytes
  // A UTF-16 unit is at most three bytes of UTF-8, so most texts need no counting.
  return data.length * 3 > limits.frameBytes && Buffer.byteLength(data) > limits.frameBytes
}
