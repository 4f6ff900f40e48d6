import { requireName } from '@innkeeper/names/names'
import type { RoomId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { TicketAnswer } from './ticket-answer'
import { nameGuest, writeTicket, type TicketDeskOptions } from './ticket-desk'

export type WatcherTicketOptions = Pick<
  TicketDeskOptions,
  'issuer' | 'directory' | 'leases' | 'clock' | 'random'
>

/** What a watcher is called; the second one is `Screen 2`. */
const watcherNick = 'Screen'

/**
 * A ticket for a guest who has no seat and so comes in as a watcher. Capacity is asked at the entrance: players' places
 * are none of a watcher's.
 *
 * @throws AppError `room-not-found`
 */
export async function watcherTicket(options: WatcherTicketOptions, roomId: RoomId): Promise<TicketAnswer> {
  const room = await options.directory.find(roomId)
  if (!room) throw new AppError('room-not-found')
  const guest = await nameGuest(options, requireName(watcherNick), roomId)
  return await writeTicket(options, room, guest)
}
