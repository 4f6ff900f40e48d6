import type { Clock } from '@innkeeper/protocol/tools'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Presence, PresenceEntry } from './presence'

/** Presence on one node. Entries lapse here too, so that a heartbeat that was forgotten shows in tests. */
export function createMemoryPresence({ clock, ttlMs }: { clock: Clock; ttlMs: number }): Presence {
  const held = new Map<PlayerUuid, { entry: PresenceEntry; lapsesAt: number }>()
  const epochs = { last: 0 }
  const current = (uuid: PlayerUuid): PresenceEntry | undefined => {
    const found = held.get(uuid)
    if (found === undefined || found.lapsesAt > clock()) return found?.entry
    held.delete(uuid)
    return undefined
  }
  return {
    find: current,
    claim(place, over) {
      const incumbent = current(place.uuid)
      if (incumbent && incumbent.connectionId !== place.connectionId && incumbent.connectionId !== over) {
        return { kind: 'taken', incumbent }
      }
      const entry = { ...place, since: clock(), epoch: (epochs.last += 1) }
      held.set(place.uuid, { entry, lapsesAt: clock() + ttlMs })
      return { kind: 'claimed', entry }
    },
    async heartbeat(entries) {
      return entries.filter((entry) => {
        const incumbent = current(entry.uuid)
        const isMine = incumbent?.connectionId === entry.connectionId
        if (incumbent && !isMine && incumbent.epoch >= entry.epoch) return true
        held.set(entry.uuid, { entry: isMine ? incumbent : entry, lapsesAt: clock() + ttlMs })
        return false
      })
    },
    async release(uuid, connectionId) {
      if (current(uuid)?.connectionId !== connectionId) return false
      return held.delete(uuid)
    },
  }
}
