/** @returns whether two JSON values say the same, whatever the order of their keys */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const other = new Map(Object.entries(b))
  return Object.entries(a).every(([key, value]) => other.has(key) && isSame(value, other.get(key)))
}
