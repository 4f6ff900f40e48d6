import { requireName } from '@innkeeper/names/names'
import { seatNames } from '@innkeeper/names/reserved-names'
import { AppError } from '@innkeeper/protocol/problems'
import { assertNever, type Log } from '@innkeeper/protocol/tools'
import { findTable } from '../find-table'
import { requireGm, type LeadOptions } from '../gm/require-gm'
import { grantSeat, type Caller, type GrantOptions, type SeatGrant } from '../grants'
import { hashSecret } from '../secret-hash'
import type { Seat } from '../seats/seats'
import type { TableBook } from '../seats/table-book'
import type { SeatHolder } from '../session-authenticator'
import type { Claim, ClaimBook } from './claim-book'
import { tellClaim } from './tell-claim'

/** A claim that was made. The secret is shown this once, and learns the answer. `expiresIn` in seconds. */
export interface MadeClaim {
  readonly claimId: string
  readonly claimSecret: string
  readonly expiresIn: number
}

/** An open claim, with the seat that it is to. */
export interface OpenClaim {
  readonly claim: Claim
  readonly seat: Seat
}

/** What became of a claim: no answer yet, or the seat. */
export type ClaimAnswer =
  | { readonly kind: 'pending'; readonly expiresIn: number }
  | { readonly kind: 'granted'; readonly grant: SeatGrant }

/** "That's me": coming back to a seat without any key, when the game master says so. */
export interface Claims {
  /**
   * Asks the game master for a player's seat.
   *
   * @param wish  the table's code, and the name of the seat, as typed
   * @throws AppError `session-not-found` | `name-refused` | `not-found` where nobody has this name | `not-allowed` for
   *   the game master's own seat | `too-many`
   */
  make(wish: { readonly code: string; readonly name: string }, caller: Caller): Promise<MadeClaim>
  /** Claims that wait for an answer, the oldest first. @throws AppError `not-allowed` */
  list(holder: SeatHolder): Promise<readonly OpenClaim[]>
  /** @throws AppError `not-allowed` | `not-found` for a claim that was answered or has ended */
  approve(holder: SeatHolder, id: string): Promise<void>
  /** @throws AppError `not-allowed` | `not-found` for a claim that was answered or has ended */
  decline(holder: SeatHolder, id: string): Promise<void>
  /**
   * Asks for the answer. An approved claim gives the seat, and ends every device that was signed in there; until it
   * ends it gives it again, in case the answer was lost.
   *
   * @throws AppError `claim-declined` | `not-found` for a wrong secret and for a claim that has ended | `too-many`
   */
  collect(id: string, secret: string, caller: Caller): Promise<ClaimAnswer>
  /** Ends the claims whose time is over. Runs about once a minute. */
  expire(): Promise<void>
}

/** What claims stand on. */
export interface ClaimsOptions extends GrantOptions, LeadOptions {
  readonly book: TableBook
  readonly claimBook: ClaimBook
  readonly log: Log
}

const claimSeconds = 600

/** Claims to seats that `createTables` gave out. */
export function createClaims(options: ClaimsOptions): Claims {
  return {
    make: (wish, caller) => make(options, wish, caller),
    list: (holder) => list(options, holder),
    approve: (holder, id) => approve(options, holder, id),
    decline: (holder, id) => decline(options, holder, id),
    collect: (id, secret, caller) => collect(options, { id, secret }, caller),
    expire: () => expire(options),
  }
}

async function make(
  options: ClaimsOptions,
  wish: { readonly code: string; readonly name: string },
  caller: Caller,
): Promise<MadeClaim> {
  const { seats, claimBook, limits, clock, random } = options
  await limits.claim.consume(caller.limitKey)
  const session = await findTable(options, wish.code, caller.limitKey)
  const { name, skeleton } = requireName(wish.name, { reserved: seatNames })
  const seat = (await seats.list(session.id)).find((one) => one.skeleton === skeleton)
  if (seat === undefined) throw new AppError('not-found', 'Nobody at this table has this name')
  if (seat.role === 'gm')
    throw new AppError('not-allowed', 'The game master comes back with a recovery key or a pairing code')
  await limits.claimPerTable.consume(session.id)
  const [claimId, claimSecret, createdAt] = [random.uuid(), random.uuid(), clock()]
  const claim: Claim = {
    id: claimId,
    sessionId: session.id,
    uuid: seat.uuid,
    name,
    state: 'open',
    createdAt,
    endsAt: createdAt + claimSeconds * 1_000,
  }
  await claimBook.put(claim, hashSecret(claimSecret))
  await tellClaim(options.steward, claim)
  return { claimId, claimSecret, expiresIn: claimSeconds }
}

async function list(options: ClaimsOptions, holder: SeatHolder): Promise<readonly OpenClaim[]> {
  const { session } = await requireGm(options, holder)
  const claims = await options.claimBook.open(session.id, options.clock())
  const seats = new Map((await options.seats.list(session.id)).map((seat) => [seat.uuid, seat]))
  return claims.flatMap((claim) => {
    const seat = seats.get(claim.uuid)
    return seat === undefined ? [] : [{ claim, seat }]
  })
}

async function approve(options: ClaimsOptions, holder: SeatHolder, id: string): Promise<void> {
  const { clock, claimBook } = options
  const { session } = await requireGm(options, holder)
  const nowMs = clock()
  const when = { nowMs, endsAt: nowMs + claimSeconds * 1_000 }
  const decided = await claimBook.approve({ id, sessionId: session.id }, when)
  if (decided === undefined) throw noClaim()
  for (const claim of decided) await tellClaim(options.steward, claim, { by: holder.uuid })
}

async function decline(options: ClaimsOptions, holder: SeatHolder, id: string): Promise<void> {
  const { session } = await requireGm(options, holder)
  const declined = await options.claimBook.decline({ id, sessionId: session.id }, options.clock())
  if (declined === undefined) throw noClaim()
  await tellClaim(options.steward, declined, { by: holder.uuid })
}

async function collect(
  options: ClaimsOptions,
  { id, secret }: { readonly id: string; readonly secret: string },
  caller: Caller,
): Promise<ClaimAnswer> {
  const { claimBook, limits, clock } = options
  await limits.claimAnswer.consume(caller.limitKey)
  const claim = await claimBook.find(id, hashSecret(secret))
  if (claim === undefined || claim.endsAt <= clock()) throw noClaim()
  switch (claim.state) {
    case 'open':
      return { kind: 'pending', expiresIn: Math.ceil((claim.endsAt - clock()) / 1_000) }
    case 'declined':
      throw new AppError('claim-declined')
    case 'approved':
      return { kind: 'granted', grant: await takeOver(options, claim, caller) }
    default:
      return assertNever(claim.state)
  }
}

async function takeOver(options: ClaimsOptions, { id, uuid }: Claim, caller: Caller): Promise<SeatGrant> {
  const { claimBook, signIns, clock } = options
  return await grantSeat(options, { uuid, device: caller.device }, async (keys) => {
    const player = await claimBook.redeem(id, keys, clock())
    if (player === undefined || player.session.closedAt !== undefined) throw noClaim()
    await signIns.endAll(uuid, { keep: keys.channel.signIn, reason: 'seat-claimed' })
    return player
  })
}

async function expire(options: ClaimsOptions): Promise<void> {
  const ended = await options.claimBook.dropEnded(options.clock())
  for (const claim of ended.filter(({ state }) => state === 'open')) {
    // It has ended whether anyone hears of it or not, and the others have to be told all the same.
    await tellClaim(options.steward, claim, { state: 'expired' }).catch((error: unknown) => {
      options.log.warn({ error, session: claim.sessionId }, 'The end of a claim could not be told')
    })
  }
}

function noClaim(): AppError {
  return new AppError('not-found', 'There is no such claim, or it has ended')
}
