import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent } from '../room-type'
import { FencedError, type Journal } from './journal'

interface Kept {
  epoch: number
  snapshot: string | undefined
  /** As text, because a store that shares objects with its caller would hide what is not JSON. */
  readonly events: { readonly seq: number; readonly text: string }[]
}

/** A journal without a disk: for tests, and for servers that hold ring rooms alone. */
export function createMemoryJournal(): Journal {
  const rooms = new Map<RoomId, Kept>()
  const held = (roomId: RoomId, epoch: number): Kept => {
    const kept = rooms.get(roomId)
    if (kept?.epoch !== epoch) throw new FencedError(roomId)
    return kept
  }
  return {
    async open(roomId, tail) {
      const kept = rooms.get(roomId) ?? { epoch: 0, snapshot: undefined, events: [] }
      kept.epoch += 1
      rooms.set(roomId, kept)
      const snapshot = kept.snapshot === undefined ? undefined : parseSnapshot(kept.snapshot)
      const after = Math.min(snapshot?.seq ?? 0, (kept.events.at(-1)?.seq ?? 0) - tail)
      return {
        epoch: kept.epoch,
        snapshot,
        events: kept.events.filter(({ seq }) => seq > after).map(parseEvent),
      }
    },
    async append(roomId, epoch, events) {
      const texts = events.map((event) => ({
        seq: event.seq,
        text: JSON.stringify({ ...event, payload: event.payload ?? null }),
      }))
      held(roomId, epoch).events.push(...texts)
    },
    async saveSnapshot(roomId, epoch, snapshot) {
      held(roomId, epoch).snapshot = JSON.stringify(snapshot)
    },
    async read(roomId, { after, before, limit, names }) {
      const kept = rooms.get(roomId)?.events ?? []
      const within = kept.filter(({ seq }) => seq > after && seq < before).map(parseEvent)
      return within
        .filter(({ name }) => names === undefined || names.includes(name))
        .reverse()
        .slice(0, limit)
    },
    async remove(roomId) {
      rooms.delete(roomId)
    },
  }
}

function parseEvent({ text }: { text: string }): Recorded<RoomEvent> {
  return JSON.parse(text) as Recorded<RoomEvent>
}

function parseSnapshot(text: string): { seq: number; state: unknown } {
  return JSON.parse(text) as { seq: number; state: unknown }
}
