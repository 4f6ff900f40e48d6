import { AppError } from '@innkeeper/protocol/problems'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { TicketAnswer } from '@innkeeper/rooms/tickets/ticket-answer'
import { findTable } from './find-table'
import type { Session } from './seats/seats'
import type { TableBook } from './seats/table-book'
import type { SessionLimits } from './session-limits'

/** What looking on stands on. */
export interface WatchingOptions {
  readonly book: TableBook
  readonly rooms: Rooms
  readonly limits: SessionLimits
}

/** A table for somebody who only looks on: no seat, nothing that is kept, nothing that anyone else would lack. */
export interface WatchedTable {
  readonly session: Session
  readonly ticket: TicketAnswer
}

/**
 * Lets whoever knows the code look on, as a watcher of the table's room: they see what everyone sees.
 *
 * @param code  as typed
 * @throws AppError `session-not-found` | `not-joinable` | `too-many`
 */
export async function watchTable(
  options: WatchingOptions,
  code: string,
  limitKey: string,
): Promise<WatchedTable> {
  await options.limits.watch.consume(limitKey)
  const session = await findTable(options, code, limitKey)
  if (!session.isJoinable) throw new AppError('not-joinable')
  return { session, ticket: await options.rooms.ticketToWatch(session.id) }
}
