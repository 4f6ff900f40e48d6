import { z } from 'zod'
import { innkeeper, type PlayerUuid, type RoomId } from '@innkeeper/protocol/ids'
import type { Random } from '@innkeeper/protocol/tools'
import type { Rooms } from '@innkeeper/rooms/rooms'
import type { ImportCommand } from '@innkeeper/tabletop/exchange/import-table'
import { stewardRole } from '@innkeeper/tabletop/table/commands/steward'
import type { SomeHouseRules } from '@innkeeper/tabletop/table/messages'
import { ownOf } from '@innkeeper/tabletop/table/own-of'
import type { SeatRole } from './seats/seats'

/** What the room of a table is told about its seats: nobody who sits there can say it. */
export type StewardCommand =
  | Told<'seat.rename', SeatNamed & { readonly name: string }>
  | Told<'seat.remove', SeatNamed>
  | Told<'seat.role', SeatNamed & { readonly role: SeatRole }>
  | Told<'seat.lend', SeatNamed & { readonly untilMs: number }>
  | Told<'seat.return', SeatNamed>
  | Told<'seat.claim', ClaimNews>
  | Told<'seat.link', SeatNamed & { readonly isLinked: boolean }>
  | Told<'table.edit', RoomEdit>
  | ImportCommand

interface Told<Name extends string, Payload> {
  readonly name: Name
  readonly payload: Payload
}

interface SeatNamed {
  readonly uuid: string
}

type RoomEdit = Partial<Pick<TableInRoom, 'name' | 'language' | 'edition'>> & {
  readonly houseRules?: SomeHouseRules
}

/** What the game master is told of a claim. `uuid`: the seat that is claimed, `name`: as the claimer typed it. */
export interface ClaimNews extends SeatNamed {
  readonly id: string
  readonly name: string
  readonly state: 'open' | 'approved' | 'declined' | 'expired'
}

const seatInRoom = z.object({
  name: z.string(),
  role: z.enum(['gm', 'player', 'watcher']),
  lentUntil: z.number().optional(),
})
const tableInRoom = z.object({
  name: z.string(),
  language: z.string(),
  edition: z.string(),
  players: z.record(z.string(), seatInRoom),
})

/** A seat as its room knows it: a watcher has none any more. `lentUntil`: the role is lent until then (epoch ms). */
export type SeatInRoom = z.infer<typeof seatInRoom>

/** A table as its room knows it; `players` by uuid. */
export type TableInRoom = z.infer<typeof tableInRoom>

/** The server's own hand in the rooms of tables. */
export interface TableSteward {
  /** @throws AppError `room-not-found` | `unavailable` */
  look(sessionId: RoomId): Promise<TableInRoom>
  /**
   * Tells the room something, and everyone in it whom it concerns. A name, a role or an edit that is told twice is
   * written down twice, so look before.
   *
   * @param by  who did it; nobody in particular when absent
   * @throws AppError what the room refused
   */
  tell(sessionId: RoomId, command: StewardCommand, by?: PlayerUuid): Promise<void>
}

/** A steward for these rooms. */
export function createTableSteward({
  rooms,
  random,
}: {
  readonly rooms: Rooms
  readonly random: Random
}): TableSteward {
  return {
    async look(sessionId) {
      const { state } = await rooms.view(sessionId, { uuid: innkeeper, role: stewardRole })
      return tableInRoom.parse(state)
    },
    async tell(sessionId, command, by) {
      await rooms.execute(
        sessionId,
        { uuid: by ?? innkeeper, role: stewardRole },
        { id: idOf(command, random), ...command },
      )
    },
  }
}

/** What happens once in the life of a seat or a claim is written down once, however many say it at the same moment. */
function idOf({ name, payload }: StewardCommand, random: Random): string {
  switch (name) {
    case 'seat.remove':
      return `${name} ${payload.uuid}`
    case 'seat.claim':
      return `${name} ${payload.id} ${payload.state}`
    default:
      return random.uuid()
  }
}

/** @returns the seat, if it is one in this room and not just remembered by name */
export function seatIn({ players }: TableInRoom, uuid: PlayerUuid): SeatInRoom | undefined {
  const seat = ownOf(players, uuid)
  return seat?.role === 'watcher' ? undefined : seat
}
