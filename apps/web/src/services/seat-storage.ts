import type { OutboxStorage } from '@innkeeper/client/outbox-storage'
import { webOutboxStorage } from '@innkeeper/client/web-outbox-storage'
import { type KeptValue, keptValue, localTexts } from './kept-value'
import { parseSeat, type Seat, toSeatText } from './seat'

/** Where the seat is kept. All tabs of a browser share it, so `load` always reads anew. */
export type SeatStorage = KeptValue<Seat>

/** A seat with half of its tokens cannot exist: it is one value under one key. Commands that wait go with their seat. */
export function localSeatStorage(): SeatStorage {
  const kept = keptValue('innkeeper.seat', { parse: parseSeat, toText: toSeatText })
  return {
    ...kept,
    clear(why) {
      const seat = kept.load()
      if (seat !== null) forgetCommands(localCommands(seat))
      kept.clear(why)
    },
  }
}

/** Where the commands of a seat wait that a reload must not lose. */
export function localCommands({ session, player }: Seat): OutboxStorage {
  return webOutboxStorage(localTexts(), `${session.id}.${player.uuid}`)
}

function forgetCommands(commands: OutboxStorage): void {
  commands.load() // What it has not loaded is another tab's, and stays.
  commands.save([])
}
