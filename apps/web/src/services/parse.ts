/** Readers of what the server and storage say. Each throws a TypeError when the value has another shape. */

export type JsonRecord = Readonly<Record<string, unknown>>

/** @returns an object, or an array taken as one */
export function parseRecord(value: unknown): JsonRecord {
  if (typeof value !== 'object' || value === null) throw new TypeError('Expected an object')
  return value as JsonRecord
}

/** @returns a text that is not empty */
export function parseText(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('Expected a text')
  return value
}

/** @returns a number */
export function parseNumber(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('Expected a number')
  return value
}

/** @returns each of a list, read by `parseItem` */
export function parseList<Item>(value: unknown, parseItem: (item: unknown) => Item): readonly Item[] {
  if (!Array.isArray(value)) throw new TypeError('Expected a list')
  return value.map((item: unknown) => parseItem(item))
}

/** @returns the named texts of an object */
export function parseStrings<Key extends string>(
  value: unknown,
  keys: readonly Key[],
): Readonly<Record<Key, string>> {
  const record = parseRecord(value)
  return Object.fromEntries(keys.map((key) => [key, parseText(record[key])])) as Record<Key, string>
}
