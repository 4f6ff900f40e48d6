/** A JSON object nobody has looked into yet. */
export type JsonObject = Readonly<Record<string, unknown>>

// ignoreBOM keeps a byte-order mark in the text, where JSON.parse refuses it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const maxDepth = 8
const quote = 0x22
const backslash = 0x5c
const colon = 0x3a

/**
 * Reads bytes as one JSON object that says everything once: valid UTF-8, no member name twice at any depth (however
 * it is escaped), none that reaches for a prototype, at most 8 levels deep.
 *
 * @returns undefined for anything else
 */
export function parseStrictObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    if (!isJsonObject(value)) return undefined
    const members = countMembers(value, maxDepth)
    return !Number.isNaN(members) && saysAllOnce(text, value, members) ? value : undefined
  } catch {
    return undefined // Not UTF-8 or not JSON: the one answer to both is "no such object".
  }
}

/** @returns whether `value` is an object, and neither null nor an array */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A name written twice is one member after parsing, so as many must be written as there are. Counting costs no list
 * of names, and the parser has already undone every escape. Most issuers write without spaces: their text is just
 * what writing the value again gives, and that is asked first because it costs half as much.
 */
function saysAllOnce(text: string, value: JsonObject, members: number): boolean {
  return JSON.stringify(value) === text || countWrittenMembers(text) === members
}

/** In valid JSON every colon outside a string belongs to one member. */
function countWrittenMembers(text: string): number {
  let members = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at++
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === colon) members++
  }
  return members
}

/** @returns how many members `object` has at all depths; NaN below `levels`, or when one reaches for a prototype */
function countMembers(object: JsonObject, levels: number): number {
  if (levels === 0) return Number.NaN
  let members = 0
  // A parsed object has no inherited members that a loop would meet, and `__proto__` is one of its own.
  for (const name in object) {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') return Number.NaN
    members += 1 + countMembersIn(object[name], levels - 1)
  }
  return members
}

function countMembersIn(value: unknown, levels: number): number {
  if (isJsonObject(value)) return countMembers(value, levels)
  if (!Array.isArray(value)) return 0
  if (levels === 0) return Number.NaN
  return value.reduce<number>((sum, element) => sum + countMembersIn(element, levels - 1), 0)
}
