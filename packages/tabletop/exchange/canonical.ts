import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The one way to write a JSON value down: the keys of every object in order, no spaces, nothing that is undefined.
 *
 * @returns JSON; equal values have equal texts
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isObject(part) ? inOrder(part) : part))
}

/** @returns SHA-256 of a text in UTF-8, in 64 lower-case hexadecimal digits */
export function fingerprintOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inOrder(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
