import type { PlayerUuid } from '@innkeeper/protocol/ids'

/** What whoever asks for a ticket is given. */
export interface TicketAnswer {
  readonly ticket: string
  /** Where the node that holds the room takes sockets. */
  readonly url: string
  /** Seconds. */
  readonly expiresIn: number
  readonly player: { readonly uuid: PlayerUuid; readonly nick: string }
}

/** @returns the answer as JSON; half a kilobyte of ticket has no letter that JSON would write otherwise */
export function writeTicketAnswer({ ticket, url, expiresIn, player }: TicketAnswer): string {
  // Named one by one: gathering the rest of an object costs as much as writing it.
  return `{"ticket":"${ticket}",${JSON.stringify({ url, expiresIn, player }).slice(1)}`
}
