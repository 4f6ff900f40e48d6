import { requireName } from '@innkeeper/names/names'
import type { RoomId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import type { SomeHouseRules } from '@innkeeper/tabletop/table/messages'
import type { ClaimBook } from '../claims/claim-book'
import { createJoinCode } from '../join-code'
import type { Session } from '../seats/seats'
import type { Ban, TableBook, TableChanges } from '../seats/table-book'
import type { SeatHolder } from '../session-authenticator'
import type { SignIns } from '../sign-ins'
import { tableName } from '../tables'
import { requireGm, type LeadOptions } from './require-gm'

/** What may be changed about a table: its seats know all but the house rules, which the room alone keeps. */
export type TableEdit = TableChanges & { readonly houseRules?: SomeHouseRules }

/** What a game master does with the table itself. All throw AppError `not-allowed` | `too-many`. */
export interface TableTools {
  /** @throws AppError `name-refused` */
  edit(holder: SeatHolder, changes: TableEdit): Promise<Session>
  /** A new join code; the old one opens nothing any more. */
  newCode(holder: SeatHolder): Promise<string>
  /** Bans that hold, the newest first. */
  bans(holder: SeatHolder): Promise<readonly Ban[]>
  /** @throws AppError `not-found` */
  liftBan(holder: SeatHolder, id: string): Promise<void>
  /** Ends the table: sockets close with 4404, every token is dead, the code is free, the history is gone. */
  close(holder: SeatHolder): Promise<void>
  /** Ends what a server that died has left half closed, and drops what is long over. Runs about once a minute. */
  tidy(): Promise<void>
}

/** What the tools for tables stand on. */
export interface TableToolsOptions extends LeadOptions {
  readonly book: TableBook
  readonly claimBook: ClaimBook
  readonly signIns: SignIns
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

const codeTries = 5
/** A table that is being closed is left alone for so long. */
const closingMs = 60_000
/** Whoever comes back to a closed table is told so for this long. */
const closedMs = 30 * 24 * 60 * 60 * 1_000

/** The tools for a table. */
export function createTableTools(options: TableToolsOptions): TableTools {
  const { book, clock } = options
  return {
    edit: (holder, changes) => edit(options, holder, changes),
    newCode: (holder) => newCode(options, holder),
    async bans(holder) {
      const { session } = await requireGm(options, holder)
      return await book.bans(session.id, clock())
    },
    async liftBan(holder, id) {
      const { session } = await requireGm(options, holder)
      if (!(await book.liftBan(session.id, id))) throw new AppError('not-found', 'There is no such ban')
    },
    async close(holder) {
      const { session } = await requireGm(options, holder)
      await revealDice(options, holder)
      await book.close(session.id, clock())
      await clear(options, session.id)
    },
    tidy: () => tidy(options),
  }
}

async function edit(
  options: TableToolsOptions,
  holder: SeatHolder,
  { name: wish, houseRules, ...changes }: TableEdit,
): Promise<Session> {
  const { book, steward } = options
  const { session } = await requireGm(options, holder)
  const name = wish === undefined ? {} : { name: requireName(wish, tableName).name }
  const edited = await book.edit(session.id, { ...changes, ...name })
  if (edited === undefined) throw new AppError('token-invalid')
  // By what the room knows, and not by what was asked for: an edit that reached the seats alone is made up for.
  const known = await steward.look(session.id)
  const news = {
    ...(known.name === edited.name ? {} : { name: edited.name }),
    ...(known.language === edited.language ? {} : { language: edited.language }),
    ...(known.edition === edited.edition ? {} : { edition: edited.edition }),
    ...(houseRules === undefined ? {} : { houseRules }),
  }
  if (Object.keys(news).length > 0)
    await steward.tell(session.id, { name: 'table.edit', payload: news }, holder.uuid)
  return edited
}

async function newCode(options: TableToolsOptions, holder: SeatHolder): Promise<string> {
  const { session } = await requireGm(options, holder)
  for (let tries = 1; tries <= codeTries; tries += 1) {
    const code = createJoinCode(options.random)
    const recoded = await options.book.recode(session.id, code)
    if (recoded === 'recoded') return code
    if (recoded === 'closed') throw new AppError('token-invalid')
  }
  throw new Error(`No free join code in ${codeTries} tries`)
}

async function tidy(options: TableToolsOptions): Promise<void> {
  const { book, clock, log } = options
  for (const id of await book.uncleared(clock() - closingMs)) {
    // One that cannot be cleared now is tried again in a minute, and must not keep the others from it.
    await clear(options, id).catch((error: unknown) => {
      log.warn({ error, session: id }, 'A closed table could not be cleared')
    })
  }
  await book.purge(clock(), clock() - closedMs)
}

/** The evening is over: everyone who is still here can verify what they saw. That never keeps a table from closing. */
async function revealDice(
  { rooms, random, log }: TableToolsOptions,
  { uuid, session }: SeatHolder,
): Promise<void> {
  const command = { id: random.uuid(), name: 'dice.reseed', payload: {} }
  await rooms.execute(session.id, { uuid, role: 'gm' }, command).catch((error: unknown) => {
    log.warn({ error, session: session.id }, 'A table is closed without its dice seed made public')
  })
}

/** Takes a closed table down. The room goes first, so that its sockets close with the code of a room that has ended. */
async function clear(options: TableToolsOptions, id: RoomId): Promise<void> {
  const { rooms, seats, signIns, claimBook, book, clock } = options
  await rooms.close(id)
  for (const { uuid } of await seats.list(id)) {
    await claimBook.declineAll(uuid)
    await signIns.endAll(uuid, { reason: 'table-closed' })
  }
  await book.markCleared(id, clock())
}
