import type { Random } from '@innkeeper/protocol/tools'
import { parsePlainCharacters, plainCharacters } from '../join-code'

const codeChars = 8

/** @returns eight characters: 39 bits for a few minutes, guessed against a limit per address */
export function createPairingCode(random: Random): string {
  return plainCharacters(random, codeChars)
}

/** @returns the code as `createPairingCode` wrote it, or undefined when it cannot be one */
export function parsePairingCode(text: string): string | undefined {
  return parsePlainCharacters(text, codeChars)
}
