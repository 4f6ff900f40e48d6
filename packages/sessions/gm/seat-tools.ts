import { requireName } from '@innkeeper/names/names'
import { seatNames } from '@innkeeper/names/reserved-names'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import { limits as sizes } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import type { Random } from '@innkeeper/protocol/tools'
import { tellClaim } from '../claims/tell-claim'
import type { Seat } from '../seats/seats'
import type { SeatHolder, SessionAuthenticator } from '../session-authenticator'
import { seatIn } from '../table-steward'
import { nameTaken } from '../tables'
import { noSeat, removeSeat, type RemovalOptions } from './remove-seat'
import { requireGm, settleLead, type LeadOptions } from './require-gm'

/**
 * What a game master does with the seats of their table.
 *
 * All throw AppError `not-allowed` | `not-found` for a seat that is none at this table | `too-many`.
 */
export interface SeatTools {
  /** The seat ends with its tokens and sockets; its characters stay with the game master. */
  kick(holder: SeatHolder, uuid: PlayerUuid): Promise<void>
  /**
   * The same, and neither the name nor the account that was linked sits down again.
   *
   * @param minutes  a year when absent
   * @returns when that ends, in epoch ms
   */
  ban(holder: SeatHolder, uuid: PlayerUuid, minutes?: number): Promise<number>
  /** A player leaves for good; the game master cannot. */
  leave(holder: SeatHolder): Promise<void>
  /** @throws AppError `name-refused` | `name-taken` (extra `suggestion`) */
  rename(holder: SeatHolder, uuid: PlayerUuid, name: string): Promise<Seat>
  /** That player leads from now on, and the game master is a player. @throws AppError `conflict` */
  handOver(holder: SeatHolder, uuid: PlayerUuid): Promise<void>
  /** That player has the game master's tools for a time. @returns when that ends, in epoch ms */
  lend(holder: SeatHolder, uuid: PlayerUuid, minutes: number): Promise<number>
  /** Ends that before its time; a player may give their own role back. */
  takeBack(holder: SeatHolder, uuid: PlayerUuid): Promise<void>
}

/** What the tools for seats stand on. */
export interface SeatToolsOptions extends RemovalOptions, LeadOptions {
  readonly authenticator: SessionAuthenticator
  readonly random: Random
}

/** The tools for the seats of a table. */
export function createSeatTools(options: SeatToolsOptions): SeatTools {
  return {
    kick: (holder, uuid) => kick(options, holder, uuid),
    ban: (holder, uuid, minutes = sizes.banMinutesMax) => ban(options, holder, { uuid, minutes }),
    leave: (holder) => leave(options, holder),
    rename: (holder, uuid, name) => rename(options, holder, { uuid, name }),
    handOver: (holder, uuid) => handOver(options, holder, uuid),
    lend: (holder, uuid, minutes) => lend(options, holder, { uuid, minutes }),
    takeBack: (holder, uuid) => takeBack(options, holder, uuid),
  }
}

async function kick(options: SeatToolsOptions, holder: SeatHolder, uuid: PlayerUuid): Promise<void> {
  const { session } = await requireGm(options, holder)
  await requireRemovable(options, { gm: holder, uuid })
  await removeSeat(options, { sessionId: session.id, uuid }, { by: holder.uuid, reason: 'kicked' })
}

async function ban(
  options: SeatToolsOptions,
  holder: SeatHolder,
  { uuid, minutes }: { readonly uuid: PlayerUuid; readonly minutes: number },
): Promise<number> {
  const { session } = await requireGm(options, holder)
  await requireRemovable(options, { gm: holder, uuid })
  const spokenAt = options.clock()
  const until = spokenAt + minutes * 60_000
  const spoken = { id: options.random.uuid(), spokenAt, until }
  await removeSeat(
    options,
    { sessionId: session.id, uuid },
    { by: holder.uuid, reason: 'banned', ban: spoken },
  )
  return until
}

async function leave(options: SeatToolsOptions, { uuid, session }: SeatHolder): Promise<void> {
  await options.limits.change.consume(uuid)
  const player = await options.seats.load(uuid)
  if (player?.seat.role === 'gm') throw new AppError('not-allowed', 'Hand the table over first, or close it')
  await removeSeat(options, { sessionId: session.id, uuid }, { by: uuid, reason: 'seat-left' })
}

async function rename(
  options: SeatToolsOptions,
  holder: SeatHolder,
  { uuid, name: wish }: { readonly uuid: PlayerUuid; readonly name: string },
): Promise<Seat> {
  const { seats, steward, authenticator } = options
  const { session } = await requireGm(options, holder)
  const seat = await requireSeat(options, { gm: holder, uuid })
  const name = requireName(wish, { reserved: seatNames })
  const renamed = await seats.rename(uuid, name)
  if (renamed === 'name-taken') throw await nameTaken(seats, { sessionId: session.id, name: name.name })
  if (renamed === 'gone') throw noSeat()
  authenticator.forget(uuid)
  const inRoom = seatIn(await steward.look(session.id), uuid)
  if (inRoom?.name !== name.name)
    await steward.tell(session.id, { name: 'seat.rename', payload: { uuid, name: name.name } }, holder.uuid)
  return { ...seat, ...name }
}

async function handOver(options: SeatToolsOptions, holder: SeatHolder, uuid: PlayerUuid): Promise<void> {
  const { session } = await requireGm(options, holder)
  const next = await requireSeat(options, { gm: holder, uuid })
  if (!(await options.seats.handOver(holder.uuid, uuid)))
    throw new AppError('conflict', 'The table has changed hands, or goes to nobody but a player')
  for (const each of [holder.uuid, uuid]) options.authenticator.forget(each)
  await settleLead(options, { seat: next, session })
  // The seat of a game master cannot be claimed, nor one that has become that.
  for (const claim of await options.claimBook.declineAll(uuid))
    await tellClaim(options.steward, claim, { by: holder.uuid })
}

async function lend(
  options: SeatToolsOptions,
  holder: SeatHolder,
  { uuid, minutes }: { readonly uuid: PlayerUuid; readonly minutes: number },
): Promise<number> {
  const { session } = await requireGm(options, holder)
  const { role } = await requireSeat(options, { gm: holder, uuid })
  if (role === 'gm') throw new AppError('conflict', 'The game master has these tools already')
  const untilMs = options.clock() + minutes * 60_000
  await options.steward.tell(session.id, { name: 'seat.lend', payload: { uuid, untilMs } }, holder.uuid)
  return untilMs
}

async function takeBack(options: SeatToolsOptions, holder: SeatHolder, uuid: PlayerUuid): Promise<void> {
  const { session } = holder
  if (uuid === holder.uuid) await options.limits.change.consume(uuid)
  else await requireGm(options, holder)
  const inRoom = seatIn(await options.steward.look(session.id), uuid)
  if (inRoom === undefined) throw noSeat()
  if (inRoom.lentUntil === undefined) return
  await options.steward.tell(session.id, { name: 'seat.return', payload: { uuid } }, holder.uuid)
}

interface Target {
  readonly gm: SeatHolder
  readonly uuid: PlayerUuid
}

async function requireSeat({ seats }: SeatToolsOptions, { gm, uuid }: Target): Promise<Seat> {
  const player = await seats.load(uuid)
  if (player?.session.id !== gm.session.id) throw noSeat()
  return player.seat
}

/** A seat whose end was interrupted is gone from the seats and still in the room; it may be ended once more. */
async function requireRemovable(options: SeatToolsOptions, { gm, uuid }: Target): Promise<void> {
  if (uuid === gm.uuid) throw new AppError('not-allowed', 'Hand the table over first, or close it')
  const player = await options.seats.load(uuid)
  if (player?.session.id === gm.session.id) return
  const isLeftOver = player === undefined && seatIn(await options.steward.look(gm.session.id), uuid)
  if (!isLeftOver) throw noSeat()
}
