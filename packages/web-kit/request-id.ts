import type { Random } from '@innkeeper/protocol/tools'

const headerName = 'x-request-id'
const acceptable = /^[A-Za-z0-9_-]{8,64}$/

/**
 * The id that ties an answer to the log. It is made only when someone asks, because most requests never need one.
 * A well-formed `x-request-id` of the caller (8 to 64 of `A-Z a-z 0-9 _ -`) is kept, so that a proxy's id stays.
 */
export function requestIdOf({ headers }: Request, random: Random): string {
  const offered = headers.get(headerName)
  return offered !== null && acceptable.test(offered) ? offered : random.uuid()
}
