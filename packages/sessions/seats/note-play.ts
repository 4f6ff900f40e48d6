import type { Clock } from '@innkeeper/protocol/tools'
import type { Seat, Seats } from './seats'

const everyMs = 10 * 60 * 1_000

/** Notes that a seat's player is here: every ten minutes, because each note is a write. */
export async function notePlay(
  { seats, clock }: { readonly seats: Seats; readonly clock: Clock },
  { uuid, playedAt }: Seat,
): Promise<void> {
  const now = clock()
  if (now - playedAt >= everyMs) await seats.played(uuid, now)
}
