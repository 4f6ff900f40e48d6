import type { Log } from '@innkeeper/protocol/tools'
import type { Presence, PresenceEntry } from './presence'

/**
 * Ends an entry for nobody who waits: whatever goes wrong is logged, because the entry lapses by itself and a node must
 * not end of it.
 */
export async function giveBack(
  { presence, log }: { readonly presence: Presence; readonly log: Log },
  entry: PresenceEntry,
): Promise<void> {
  try {
    await presence.release(entry.uuid, entry.connectionId)
  } catch (error) {
    log.warn({ error, room: entry.roomId }, 'A presence could not be given back; it lapses by itself')
  }
}
