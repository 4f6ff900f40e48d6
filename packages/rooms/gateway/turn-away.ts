import { AppError, type ProblemCode } from '@innkeeper/protocol/problems'
import { closeCodes, type CloseCode, type CloseReason } from '@innkeeper/protocol/close-codes'
import type { Log, Random } from '@innkeeper/protocol/tools'
import { comeBack, type Connection } from './connection'

/** A socket that is turned away for something that only sockets meet: what its close says. */
export class TurnedAway extends Error {
  override readonly name = 'TurnedAway'

  constructor(
    readonly code: CloseCode,
    readonly reason: CloseReason,
  ) {
    super(reason.type)
  }
}

/** Closes a socket with the code that fits the error; one that nobody expected is logged. */
export function turnAway(
  { random, log }: { readonly random: Random; readonly log: Log },
  connection: Connection,
  error: unknown,
): void {
  const spread = random.below(1_000) / 1_000
  if (error instanceof TurnedAway) return connection.close(error.code, error.reason)
  if (!(error instanceof AppError)) {
    log.error({ error, connection: connection.connectionId }, 'A socket could not be served')
    return connection.close(
      closeCodes.serverError,
      comeBack('/problems/server-error', { afterMs: 1_000, spread }),
    )
  }
  if (error.code === 'unavailable')
    log.error({ connection: connection.connectionId }, `A socket was sent away: ${error.detail}`)
  const code = closeCodeOf(error.code)
  const type = `/problems/${error.code}` as const
  connection.close(
    code,
    code >= closeCodes.serverError ? comeBack(type, { afterMs: 1_000, spread }) : { type },
  )
}

function closeCodeOf(problem: ProblemCode): CloseCode {
  switch (problem) {
    case 'room-not-found':
      return closeCodes.roomClosed
    case 'room-full':
    case 'already-in-room':
      return closeCodes.alreadyConnected
    case 'token-invalid':
      return closeCodes.ticketInvalid
    case 'too-many':
      return closeCodes.tooMany
    case 'too-large':
      return closeCodes.tooLarge
    case 'unavailable':
      return closeCodes.draining
    case 'server-error':
      return closeCodes.serverError
    default:
      // Whatever else a desk, a door or a room type refuses is about who the player is, or what they may do.
      return closeCodes.revoked
  }
}
