import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'

/** Anyone may be named in a ban, so an owner could fill a store with them. */
export function tooManyExcluded(): AppError {
  return new AppError(
    'too-many',
    `At most ${limits.exclusionsPerRoom} players can be kept out of one room; close it to guests`,
  )
}
