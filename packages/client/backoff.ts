import type { Random } from '@innkeeper/protocol/tools'

const firstMs = 500
const longestMs = 8_000

/**
 * How long to wait before the next try: 0.5 s, doubling up to 8 s, of which the latter half is random, so that a
 * whole table does not come back in one instant.
 *
 * @param failures  tries that failed in a row before this one, from 0
 */
export function backoffMs(failures: number, random: Pick<Random, 'below'>): number {
  const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10))
  return ceilingMs / 2 + random.below(ceilingMs / 2 + 1)
}

/** A wait that the server asked for, plus up to a quarter, for the same reason. */
export function jitteredMs(askedMs: number, random: Pick<Random, 'below'>): number {
  return askedMs + random.below(Math.floor(askedMs / 4) + 1)
}
