import type { CommandInput } from '../rooms'

/**
 * FNV-1a of a command's name and payload: tells a repetition from another command under the same id.
 *
 * @returns an unsigned 32-bit integer
 */
export function fingerprintOf({ name, payload }: Omit<CommandInput, 'id'>): number {
  const text = `${name} ${JSON.stringify(payload)}`
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
