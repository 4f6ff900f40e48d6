import type { Recorded } from '@innkeeper/rooms/room-type'
import type { HouseRules } from '../rules/rules'
import type { Change } from './changes'
import type { Line } from './log-lines'
import type { DiceRolled, TableOptions, TableRole } from './messages'
import type { DiceCommitment, PlayerSeat, UndoMark } from './table-state'

/** Someone took a seat. */
export interface PlayerJoined {
  readonly uuid: string
  readonly name: string
  readonly role: TableRole
}

/** A seat as it is from now on. */
export interface SeatChanged {
  readonly seat: Omit<PlayerSeat, 'since'>
  readonly lines: readonly Line[]
}

/** Someone asks for a seat that is taken, or was answered. The GM's alone. */
export interface SeatClaimed {
  readonly id: string
  readonly name: string
  readonly uuid: string
  readonly state: 'open' | 'approved' | 'declined' | 'expired'
}

export interface TableEdited {
  readonly name?: string | undefined
  readonly language?: TableOptions['language'] | undefined
  readonly edition?: TableOptions['edition'] | undefined
  /** All of them, as they are from now on. */
  readonly houseRules?: HouseRules
  readonly lines: readonly Line[]
}

/** A new seed for the dice. `revealed` is the one before, which has made its last roll. */
export interface DiceSeeded extends DiceCommitment {
  /** The new seed in hexadecimal. Cut off for everyone. */
  readonly seed?: string
  readonly revealed?: RevealedSeed
  /** Absent where a table commits to its first seed. */
  readonly lines?: readonly Line[]
}

/** A seed that everyone may verify its rolls with. */
export interface RevealedSeed extends DiceCommitment {
  readonly seed: string
  /** How many rolls it has made. */
  readonly rolls: number
  /** The GM lets everyone verify what was rolled in secret too. */
  readonly isDisclosed?: true
}

/** Faces that a command other than a roll has drawn, with what it takes to verify them. */
export interface Draw {
  /** Number of the seed. */
  readonly seed: number
  readonly roll: number
  readonly nonce: string
  /** Sides of each die in order, and what it showed. */
  readonly sides: readonly number[]
  readonly faces: readonly number[]
}

/** Who sees the faces of a draw; `author` is who gave the command, and the GM with them. */
export type DrawAudience = 'everyone' | 'author' | 'gm'

/** Sheets, hit points, the fight: what a command made of them. */
export interface GameChanged {
  readonly changes: readonly Change[]
  readonly lines: readonly Line[]
  readonly draw?: Draw & { readonly shownTo: DrawAudience }
  /** Only for those who may undo it. `seq` is the event's own. */
  readonly mark?: Omit<UndoMark, 'seq' | 'by'>
}

/** A command was taken back, or done again. */
export interface GameTurnedBack {
  readonly changes: readonly Change[]
  readonly lines: readonly Line[]
  /** Only for those who see the mark. */
  readonly of?: UndoMark
}

/** Lines of another table's log, with their own time and author. */
export interface LogImported {
  readonly entries: readonly ImportedEntry[]
}
export type ImportedEntry =
  | { readonly at: number; readonly by: string; readonly name: 'line'; readonly payload: Line }
  | { readonly at: number; readonly by: string; readonly name: 'dice.rolled'; readonly payload: DiceRolled }

/** Everything that can happen at a table. */
export type TableEvent =
  | { readonly name: 'player.joined'; readonly payload: PlayerJoined }
  | { readonly name: 'seat.changed'; readonly payload: SeatChanged }
  | { readonly name: 'seat.claimed'; readonly payload: SeatClaimed }
  | { readonly name: 'table.edited'; readonly payload: TableEdited }
  | { readonly name: 'dice.seeded'; readonly payload: DiceSeeded }
  | { readonly name: 'dice.rolled'; readonly payload: DiceRolled }
  | { readonly name: 'character.changed'; readonly payload: GameChanged }
  | { readonly name: 'combat.changed'; readonly payload: GameChanged }
  | { readonly name: 'undone'; readonly payload: GameTurnedBack }
  | { readonly name: 'redone'; readonly payload: GameTurnedBack }
  | { readonly name: 'log.imported'; readonly payload: LogImported }

/** Names of all of them: whoever folds events leaves others, from a newer server, alone. */
export const tableEventNames: readonly TableEvent['name'][] = [
  'player.joined',
  'seat.changed',
  'seat.claimed',
  'table.edited',
  'dice.seeded',
  'dice.rolled',
  'character.changed',
  'combat.changed',
  'undone',
  'redone',
  'log.imported',
]

/** An event with its place in the table's history. */
export type RecordedTableEvent = Recorded<TableEvent>
