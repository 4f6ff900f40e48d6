import type { Random } from '@innkeeper/protocol/tools'

/** Letters and digits that nobody mistakes for another: no 0/O, no 1/I/L. 31 of them. */
export const plainAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const codeChars = 8

/** @returns eight characters: 39 bits, few enough to say aloud, and guessed against a limit per address */
export function createJoinCode(random: Random): string {
  return plainCharacters(random, codeChars)
}

/** @returns the code as it is kept, or undefined when no table can have it. Case, spaces and dashes do not matter */
export function parseJoinCode(text: string): string | undefined {
  return parsePlainCharacters(text, codeChars)
}

/** @returns `count` characters of `plainAlphabet`, each equally likely */
export function plainCharacters(random: Random, count: number): string {
  return Array.from({ length: count }, () => plainAlphabet[random.below(plainAlphabet.length)]).join('')
}

/** @returns exactly `count` characters of `plainAlphabet` in upper case, or undefined */
export function parsePlainCharacters(text: string, count: number): string | undefined {
  const plain = text.replace(/[\s\-‐-―−]/g, '').toUpperCase()
  const isPlain = plain.length === count && [...plain].every((character) => plainAlphabet.includes(character))
  return isPlain ? plain : undefined
}
