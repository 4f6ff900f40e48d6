import type { DiceCursor } from './dice-cursor'
import { DiceFault } from './dice-errors'
import type { DiceLimits } from './dice-limits'

/** What one parse knows and counts while it goes. Mutable, and never seen outside of one `parseDice`. */
export interface DiceParsing {
  readonly cursor: DiceCursor
  readonly limits: DiceLimits
  repeat: number
  dice: number
  poolEntries: number
  nesting: number
  /** Keys of the damage types so far. */
  readonly types: Set<string>
}

/** @throws DiceFault `TOO_MANY_DICE` once the dice, all repeats together, are more than allowed */
export function countDice(parsing: DiceParsing, count: number, at: number): void {
  parsing.dice += count * parsing.repeat
  if (parsing.dice > parsing.limits.dice) throw new DiceFault('TOO_MANY_DICE', at)
}

/** @throws DiceFault `POOL_TOO_MANY` once the entries of pools, all repeats together, are more than allowed */
export function countPoolEntry(parsing: DiceParsing, at: number): void {
  parsing.poolEntries += parsing.repeat
  if (parsing.poolEntries > parsing.limits.poolEntries) throw new DiceFault('POOL_TOO_MANY', at)
}

/** Parses what stands in brackets, and counts how deep they are. */
export function nested<Result>(parsing: DiceParsing, at: number, parse: () => Result): Result {
  parsing.nesting += 1
  if (parsing.nesting > parsing.limits.nesting) throw new DiceFault('TOO_DEEP', at)
  const result = parse()
  parsing.nesting -= 1
  return result
}
