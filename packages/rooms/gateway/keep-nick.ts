import { isGuestUuid } from '@innkeeper/names/guests'
import { skeleton } from '@innkeeper/names/skeleton'
import type { Clock, Soon } from '@innkeeper/protocol/tools'
import type { Directory } from '../directory/directory'
import type { Entry } from './door'

/** A little longer than a ticket lasts with its grace; whoever stays renews it. */
const holdMs = 31 * 60 * 1_000

/** Keeps an account's nick while it is inside: no guest may come to look like it. A guest's is held by its ticket. */
export function keepNick(directory: Directory, { roomId, player }: Entry, clock: Clock): Soon<unknown> {
  const { uuid, nick } = player
  if (isGuestUuid(uuid)) return undefined
  return directory.holdNick(roomId, skeleton(nick), { uuid, untilMs: clock() + holdMs, wins: true })
}
