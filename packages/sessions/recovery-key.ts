import type { Random } from '@innkeeper/protocol/tools'
import { parsePlainCharacters, plainCharacters } from './join-code'

const keyChars = 20
const groupChars = 5

/** @returns a key to print and keep: 99 random bits as `XXXXX-XXXXX-XXXXX-XXXXX` */
export function createRecoveryKey(random: Random): string {
  return inGroups(plainCharacters(random, keyChars))
}

/** @returns the key as `createRecoveryKey` wrote it, or undefined when no seat can have it */
export function parseRecoveryKey(text: string): string | undefined {
  const plain = parsePlainCharacters(text, keyChars)
  return plain === undefined ? undefined : inGroups(plain)
}

function inGroups(plain: string): string {
  return (plain.match(new RegExp(`.{${groupChars}}`, 'g')) ?? []).join('-')
}
