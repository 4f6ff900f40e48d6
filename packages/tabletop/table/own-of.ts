/** @returns what is known under a key, and nothing of what every object has */
export function ownOf<Value>(known: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(known, key) ? known[key] : undefined
}
