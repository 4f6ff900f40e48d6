import type { SignInId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import { assertNever, type Log } from '@innkeeper/protocol/tools'
import type { Families, Issuable } from './families'

/** What a refresh needs besides the genuine token. */
export interface RotateOptions {
  readonly families: Families
  readonly log: Log
  /** Tells whoever holds a token or a socket of the sign-in that it has ended. */
  readonly publishEnd: (sid: SignInId) => Promise<void>
}

/**
 * Presents a refresh token, and puts every outcome but success into words. One that is too old to be honest has ended
 * its sign-in; that is published before it is refused.
 *
 * @param token  the verified claims of the refresh token
 * @returns what to issue the next tokens for
 * @throws AppError `refresh-reused` | `session-revoked` | `session-expired` | `invalid-grant`
 */
export async function rotateOrRefuse(
  { sid, gen }: { readonly sid: SignInId; readonly gen: number },
  { families, log, publishEnd }: RotateOptions,
): Promise<Issuable> {
  const rotation = await families.rotate(sid, gen)
  switch (rotation.kind) {
    case 'rotated':
    case 'replayed':
      return rotation
    case 'reused':
      log.warn({ sid, uuid: rotation.owner }, 'An old refresh token came back: the sign-in was ended')
      await publishEnd(sid)
      throw new AppError('refresh-reused')
    case 'revoked':
    case 'unknown':
      throw new AppError('session-revoked')
    case 'expired':
      throw new AppError('session-expired')
    case 'ahead':
      log.error({ sid, gen }, 'A refresh token is newer than the database: was an old backup restored?')
      throw new AppError('invalid-grant')
    default:
      return assertNever(rotation)
  }
}
