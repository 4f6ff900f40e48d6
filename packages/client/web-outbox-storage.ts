import type { OutboxStorage, StoredCommand } from './outbox-storage'

/** `localStorage` or `sessionStorage`. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const prefix = 'innkeeper.outbox.'

/**
 * Keeps the commands of one room and player as one JSON text. In `localStorage` they survive a closed tab as well, and
 * several tabs may share a key: each replaces its own commands alone, and the server does a command once whoever sends it.
 *
 * @param storage  undefined where the browser forbids storage: then nothing is kept
 * @param place    names the room and the player, such as `<roomId>.<uuid>`
 */
export function webOutboxStorage(storage: KeptTexts | undefined, place: string): OutboxStorage {
  const key = prefix + place
  const own = new Set<string>()
  const read = () => parseCommands(attempt(() => storage?.getItem(key)) ?? null)
  return {
    load() {
      const commands = read()
      for (const { id } of commands) own.add(id)
      return commands
    },
    save(commands) {
      for (const { id } of commands) own.add(id)
      const all = [...read().filter(({ id }) => !own.has(id)), ...commands]
      const write = all.length === 0 ? undefined : JSON.stringify(all)
      // An older text would bring answered commands back, so it goes first: where there is no room, nothing is kept.
      attempt(() => storage?.removeItem(key))
      if (write !== undefined) attempt(() => storage?.setItem(key, write))
    },
  }
}

/** Storage may be forbidden or full at any moment. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined // The queue lives in memory all the same.
  }
}

function parseCommands(text: string | null): readonly StoredCommand[] {
  const value: unknown = text === null ? [] : attempt(() => JSON.parse(text) as unknown)
  return Array.isArray(value) ? (value as unknown[]).filter(isStoredCommand) : []
}

function isStoredCommand(value: unknown): value is StoredCommand {
  if (typeof value !== 'object' || value === null) return false
  if (!('id' in value && 'name' in value && 'sinceMs' in value && 'sentAtSeq' in value)) return false
  const { id, name, sinceMs, sentAtSeq } = value
  const isSeq = sentAtSeq === null || Number.isSafeInteger(sentAtSeq)
  return typeof id === 'string' && typeof name === 'string' && typeof sinceMs === 'number' && isSeq
}
