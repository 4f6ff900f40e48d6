import type { KeySet } from './parse-jwks'

/** @returns whether a key of `before` is missing in `after`, or another key has its name */
export function hasLostKey(before: KeySet, after: KeySet): boolean {
  for (const [kid, key] of before) if (!after.get(kid)?.equals(key)) return true
  return false
}
