/** Remembers what was asked for lately, in bounded memory. */
export interface RecentCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  clear(): void
}

/**
 * Two generations in place of a list in order of use: a hit in the young one moves nothing, which keeps the hot path
 * at one look-up; what was not asked for during a whole generation is forgotten with it.
 *
 * @param maxEntries  how many are kept, at most
 */
export function createRecentCache<Value>(maxEntries: number): RecentCache<Value> {
  const perGeneration = Math.max(1, Math.floor(maxEntries / 2))
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()

  function set(key: string, value: Value): void {
    if (young.size >= perGeneration && !young.has(key)) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    set,
    get(key) {
      const recent = young.get(key)
      if (recent !== undefined) return recent
      const earlier = old.get(key)
      if (earlier !== undefined) set(key, earlier)
      return earlier
    },
    clear() {
      young = new Map()
      old = new Map()
    },
  }
}
