import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { ClaimBook } from '../claims/claim-book'
import { tellClaim } from '../claims/tell-claim'
import type { NewBan, Seats } from '../seats/seats'
import type { SignIns } from '../sign-ins'
import { seatIn, type TableSteward } from '../table-steward'

/** What the end of a seat has to reach. */
export interface RemovalOptions {
  readonly seats: Seats
  readonly claimBook: ClaimBook
  readonly signIns: SignIns
  readonly rooms: Rooms
  readonly steward: TableSteward
  readonly clock: Clock
}

/** Why a seat ends, and by whom. */
export type Removal = { readonly by: PlayerUuid } & (
  { readonly reason: 'kicked' | 'seat-left' } | { readonly reason: 'banned'; readonly ban: NewBan }
)

/**
 * Ends a seat. Its keys go first, then its sockets and tokens, and its room learns of it last: whatever fails in
 * between, the door is shut, the room still shows the seat, and doing it again does what is left.
 *
 * @throws AppError `conflict` for a seat that leads the table by now, `not-found` when a ban was asked for and the seat
 *   had gone before
 */
export async function removeSeat(
  options: RemovalOptions,
  { sessionId, uuid }: { readonly sessionId: RoomId; readonly uuid: PlayerUuid },
  removal: Removal,
): Promise<void> {
  const { seats, claimBook, signIns, steward, clock } = options
  const claims = (await claimBook.open(sessionId, clock())).filter((claim) => claim.uuid === uuid)
  const removed = await seats.remove(uuid, removal.reason === 'banned' ? removal.ban : undefined)
  if (removed === 'leads') throw new AppError('conflict', 'This seat has been handed the table meanwhile')
  await closeSockets(options.rooms, { sessionId, uuid }, removal)
  await signIns.endAll(uuid, { reason: removal.reason })
  for (const claim of claims) await tellClaim(steward, claim, { state: 'declined', by: removal.by })
  if (seatIn(await steward.look(sessionId), uuid))
    await steward.tell(sessionId, { name: 'seat.remove', payload: { uuid } }, removal.by)
  // Somebody else ended the seat meanwhile, and this ban was not written down.
  if (removed === 'gone' && removal.reason === 'banned') throw noSeat()
}

/** The problem of a seat that is none at this table. */
export function noSeat(): AppError {
  return new AppError('not-found', 'Nobody at this table has this seat')
}

/** Sockets close when their sign-in ends; who is sent out reads in the close that it was that. */
async function closeSockets(
  rooms: Rooms,
  { sessionId, uuid }: { readonly sessionId: RoomId; readonly uuid: PlayerUuid },
  removal: Removal,
): Promise<void> {
  if (removal.reason === 'seat-left') return
  try {
    if (removal.reason === 'banned') await rooms.ban(sessionId, uuid, removal.ban.until)
    else await rooms.kick(sessionId, uuid)
  } catch (error) {
    // A room can keep out so many and no more. Nobody comes back by a seat that is gone: only the word is lost.
    if (!(error instanceof AppError) || error.code !== 'too-many') throw error
  }
}
