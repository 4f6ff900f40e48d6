import { AppError } from '@innkeeper/protocol/problems'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { SeatedPlayer, SeatRole, Seats } from '../seats/seats'
import type { SeatHolder } from '../session-authenticator'
import type { SessionLimits } from '../session-limits'
import type { TableSteward } from '../table-steward'

/** Who knows who leads a table: the seats decide, the room follows. */
export interface LeadOptions {
  readonly seats: Seats
  readonly rooms: Rooms
  readonly steward: TableSteward
  readonly limits: SessionLimits
}

/**
 * Lets the table's own game master through, as often as a seat may change things. Whoever has the role for a time runs
 * the game, not its seats.
 *
 * @throws AppError `not-allowed` | `too-many` | `token-invalid` when the table has been closed
 */
export async function requireGm(options: LeadOptions, { uuid }: SeatHolder): Promise<SeatedPlayer> {
  await options.limits.change.consume(uuid)
  // As it is kept now: what is remembered of a seat may be from before a hand-over.
  const player = await options.seats.load(uuid)
  if (player === undefined || player.session.closedAt !== undefined) throw new AppError('token-invalid')
  if (player.seat.role !== 'gm') throw new AppError('not-allowed', 'This is for the game master')
  await settleLead(options, player)
  return player
}

/**
 * Makes the room agree with the seats about who leads. It is told within a hand-over; a server that died between the
 * two makes up for it when the new game master comes.
 */
export async function settleLead(
  { rooms, steward }: LeadOptions,
  { seat: gm, session }: SeatedPlayer,
): Promise<void> {
  const { players } = await steward.look(session.id)
  const leads = (uuid: string) => players[uuid]?.role === 'gm' && players[uuid].lentUntil === undefined
  const giveRole = (uuid: string, role: SeatRole) =>
    steward.tell(session.id, { name: 'seat.role', payload: { uuid, role } }, gm.uuid)
  // First the new one, then the old: a table with two for a moment is better off than one with none.
  if (!leads(gm.uuid)) await giveRole(gm.uuid, 'gm')
  for (const uuid of Object.keys(players)) if (uuid !== gm.uuid && leads(uuid)) await giveRole(uuid, 'player')
  const room = await rooms.find(session.id)
  if (room !== undefined && room.record.owner !== gm.uuid) await rooms.setOwner(session.id, gm.uuid)
}
