import { ownOf } from './own-of'
import type { SeatChanged } from './table-events'
import type { PlayerSeat, TableState } from './table-state'

/** @returns whose seat it is, or was */
export function seatOf({ players }: Pick<TableState, 'players'>, uuid: string): PlayerSeat | undefined {
  return ownOf(players, uuid)
}

/** @returns the seat with another role for good: whatever was lent is over */
export function inRole({ uuid, name }: PlayerSeat, role: PlayerSeat['role']): SeatChanged['seat'] {
  return { uuid, name, role }
}
