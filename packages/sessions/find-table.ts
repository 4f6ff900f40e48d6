import { AppError } from '@innkeeper/protocol/problems'
import { parseJoinCode } from './join-code'
import type { Session } from './seats/seats'
import type { TableBook } from './seats/table-book'
import type { SessionLimits } from './session-limits'

/**
 * Finds a table by its code; wrong ones are counted by address, so that nobody finds one by guessing.
 *
 * @param typed  as typed
 * @throws AppError `session-not-found` | `too-many`
 */
export async function findTable(
  { book, limits }: { readonly book: TableBook; readonly limits: SessionLimits },
  typed: string,
  limitKey: string,
): Promise<Session> {
  await limits.wrongCode.consume(limitKey)
  const code = parseJoinCode(typed)
  const session = code === undefined ? undefined : await book.findOpen(code)
  if (session === undefined) throw new AppError('session-not-found')
  await limits.wrongCode.refund(limitKey)
  return session
}
