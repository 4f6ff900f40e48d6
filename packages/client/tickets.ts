import type { Whereabouts } from './connection-state'
import type { Caller, Player } from './identity'
import { parseWhereabouts } from './parse-frames'
import { parseNumber, parseRecord, parseTexts, request, RequestRefused, type Server } from './request'

/** The key to one room. */
export interface RoomTicket {
  readonly ticket: string
  /** Where the node that holds the room takes sockets. */
  readonly url: string
  readonly expiresInMs: number
  readonly player: Player
}

/** Who asks: an account, or a guest by the name they want to be called. */
export type TicketHolder = Caller | { readonly guest: string }

/** Which ticket. */
export interface TicketRequest {
  readonly roomId: string
  readonly as: TicketHolder
  /** Leaves the room that the player is in, instead of being refused. */
  readonly move?: boolean
}

/** The player is in another room: `where`. With `move` they would leave it. */
export class AlreadyElsewhere extends RequestRefused {
  readonly where: Whereabouts | undefined

  constructor({ problem }: RequestRefused) {
    super(problem)
    this.where = parseWhereabouts(problem)
  }
}

/**
 * `POST /getTicket/:roomId`.
 *
 * @throws AlreadyElsewhere; RequestRefused `room-not-found` | `banned` | `guests-not-allowed` | `name-refused` |
 *   `room-full` | `too-many`; NoAnswer; SignedOut
 */
export async function getTicket(server: Server, { roomId, as, move }: TicketRequest): Promise<RoomTicket> {
  const path = `/getTicket/${encodeURIComponent(roomId)}${move === true ? '?move=true' : ''}`
  const call = { method: 'POST', path } as const
  try {
    const answer =
      'guest' in as ? await request(server, { ...call, body: { username: as.guest } }) : await as.call(call)
    return parseTicket(answer)
  } catch (error) {
    const isElsewhere = error instanceof RequestRefused && error.problem.type === '/problems/already-in-room'
    throw isElsewhere ? new AlreadyElsewhere(error) : error
  }
}

function parseTicket(answer: unknown): RoomTicket {
  const { ticket, url } = parseTexts(answer, ['ticket', 'url'])
  const player = parseTexts(parseRecord(answer)['player'], ['uuid', 'nick'])
  return { ticket, url, player, expiresInMs: parseNumber(answer, 'expiresIn') * 1_000 }
}
