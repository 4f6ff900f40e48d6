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
    const written = countWrittenMembers(text)
    if (written === undefined) return undefined
    const value: unknown = JSON.parse(text)
    // A name written twice is one member after parsing. Counting costs no list of names, and the parser has already
    // undone every escape.
    return isJsonObject(value) && countMembers(value) === written ? value : undefined
  } catch {
    return undefined // Not UTF-8 or not JSON: the one answer to both is "no such object".
  }
}

/** @returns whether `value` is an object, and neither null nor an array */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** In valid JSON every colon outside a string belongs to one member. */
function countWrittenMembers(text: string): number | undefined {
  let members = 0
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at++
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === colon) members++
    else if (isOpening(code) && ++depth > maxDepth) return undefined
    else if (isClosing(code)) depth--
  }
  return members
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d
}

/** @returns how many members `object` has at all depths; NaN when one of them reaches for a prototype */
function countMembers(object: JsonObject): number {
  let members = 0
  // A parsed object has no inherited members that a loop would meet, and `__proto__` is one of its own.
  for (const name in object) {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') return Number.NaN
    members += 1 + countMembersIn(object[name])
  }
  return members
}

function countMembersIn(value: unknown): number {
  if (isJsonObject(value)) return countMembers(value)
  return Array.isArray(value) ? value.reduce<number>((sum, element) => sum + countMembersIn(element), 0) : 0
}
