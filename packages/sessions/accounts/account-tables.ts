import type { PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import { assertNever, type Log } from '@innkeeper/protocol/tools'
import { grantDevice, type Caller, type DeviceGrant, type GrantOptions } from '../grants'
import type { SeatedPlayer, Seats } from '../seats/seats'
import type { SeatHolder } from '../session-authenticator'
import type { SessionLimits } from '../session-limits'
import type { TableSteward } from '../table-steward'
import type { LinkedSeats } from './linked-seats'

/** What an account has at tables. */
export interface AccountTables {
  /**
   * Links a seat to an account. Its uuid, its history and its sockets stay as they are.
   *
   * @throws AppError `not-allowed` for a seat of another account | `already-seated` | `banned` | `too-many`
   */
  link(holder: SeatHolder, account: PlayerUuid): Promise<void>
  /** The account's seats at open tables, the latest played first. */
  list(account: PlayerUuid): Promise<readonly SeatedPlayer[]>
  /** Signs a device in at the account's seat; those that are there stay. @throws AppError `room-not-found` | `too-many` */
  enter(account: PlayerUuid, sessionId: RoomId, caller: Caller): Promise<DeviceGrant>
  /** The account is gone: its seats are nobody's but who holds their keys. */
  forget(account: PlayerUuid): Promise<void>
}

/** What the tables of accounts stand on. */
export interface AccountTablesOptions extends GrantOptions {
  readonly seats: Seats
  readonly linkedSeats: LinkedSeats
  readonly steward: TableSteward
  readonly limits: SessionLimits
  readonly log: Log
}

/** The tables of accounts, wherever those are kept. */
export function createAccountTables(options: AccountTablesOptions): AccountTables {
  const { linkedSeats } = options
  return {
    link: (holder, account) => link(options, holder, account),
    list: (account) => linkedSeats.list(account),
    enter: (account, sessionId, caller) => enter(options, { account, sessionId }, caller),
    forget: (account) => forget(options, account),
  }
}

async function link(
  { linkedSeats, steward, limits, clock }: AccountTablesOptions,
  { uuid, seat, session }: SeatHolder,
  account: PlayerUuid,
): Promise<void> {
  await limits.change.consume(uuid)
  const linking = await linkedSeats.link(uuid, account, clock())
  switch (linking.kind) {
    case 'linked':
      // Told again for a seat that was linked before: this may be the repetition of a request that half failed.
      return await steward.tell(session.id, { name: 'seat.link', payload: { uuid, isLinked: true } }, uuid)
    case 'other-account':
      throw new AppError('not-allowed', 'This seat belongs to another account')
    case 'account-seated':
      throw new AppError('already-seated', undefined, { sessionId: seat.sessionId })
    case 'banned':
      throw new AppError('banned', 'Banned from this table', { until: linking.until })
    case 'gone':
      throw new AppError('token-invalid')
    default:
      return assertNever(linking)
  }
}

async function forget(
  { linkedSeats, steward, log }: AccountTablesOptions,
  account: PlayerUuid,
): Promise<void> {
  for (const { seat, session } of await linkedSeats.unlink(account)) {
    if (session.closedAt !== undefined) continue
    const news = { name: 'seat.link', payload: { uuid: seat.uuid, isLinked: false } } as const
    // The seats are unlinked by now; one table that cannot be told must not keep the others from it.
    await steward.tell(session.id, news).catch((error: unknown) => {
      log.warn({ error, session: session.id }, 'A table could not be told that a seat is unlinked')
    })
  }
}

async function enter(
  options: AccountTablesOptions,
  { account, sessionId }: { readonly account: PlayerUuid; readonly sessionId: RoomId },
  caller: Caller,
): Promise<DeviceGrant> {
  const { seats, linkedSeats, limits } = options
  await limits.enter.consume(account)
  const own = await linkedSeats.find(account, sessionId)
  if (own === undefined) throw new AppError('room-not-found')
  return await grantDevice(options, { uuid: own.seat.uuid, device: caller.device }, async (channel) => {
    const player = await seats.addChannel(own.seat.uuid, channel)
    if (player === undefined) throw new AppError('room-not-found')
    return player
  })
}
