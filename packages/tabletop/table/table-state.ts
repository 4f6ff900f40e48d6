import type { HouseRules } from '../rules/rules'
import type { Change, Entities } from './changes'
import type { Line } from './log-lines'
import type { DiceRolled, TableOptions, TableRole } from './messages'

/** Someone who has a seat, or had one: then they are a watcher, and their name stays for what they did. */
export interface PlayerSeat {
  readonly uuid: string
  readonly name: string
  /** The role as it is now. */
  readonly role: TableRole
  /** `seq` of the event that gave the role. */
  readonly since: number
  /** The GM's tools are lent to them until then (epoch ms). */
  readonly lentUntil?: number
}

/** A line of the table's log: codes and numbers, so that everyone reads it in their own language. */
export type LogEntry = RollEntry | LineEntry

interface EntryPlace {
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly by: string
}

export interface RollEntry extends EntryPlace {
  readonly name: 'dice.rolled'
  readonly payload: DiceRolled
}

export interface LineEntry extends EntryPlace {
  readonly name: 'line'
  readonly payload: Line
}

/** A command that can be undone or redone: `seq` of its event, who gave it and what it was. */
export interface UndoMark {
  readonly seq: number
  readonly by: string
  /** Name of the command. */
  readonly command: string
  /** Given with the GM's tools: only with them can it be taken back. */
  readonly asGm: boolean
  /** Whether others than the GM and who gave it know of it. */
  readonly isShown: boolean
}

/** What can be taken back, and what can be done again, oldest first. Players see their own marks, the GM all. */
export interface UndoMarks {
  readonly done: readonly UndoMark[]
  readonly undone: readonly UndoMark[]
}

/** The dice seed in use, as everyone may know it. */
export interface DiceCommitment {
  /** From 1. */
  readonly number: number
  /** SHA-256 of the seed, in hexadecimal. */
  readonly commit: string
}

/** What no view ever holds: it is on the server alone. */
export interface TableSecrets {
  /** The seed in use, in hexadecimal; null before the first. */
  readonly seed: string | null
  /** Rolls made with it. */
  readonly rolls: number
  /** What the commands of `marks` changed, by `seq` of their events. */
  readonly undo: readonly UndoChanges[]
}

/** What one command changed, with what was before. */
export interface UndoChanges {
  readonly seq: number
  readonly changes: readonly Change[]
}

/** The table, as plain JSON. */
export interface TableState {
  readonly name: string
  readonly language: TableOptions['language']
  readonly edition: TableOptions['edition']
  readonly houseRules: HouseRules
  /** Everyone who has a seat, by uuid. */
  readonly players: Readonly<Record<string, PlayerSeat>>
  readonly game: Entities
  readonly dice: DiceCommitment | null
  readonly marks: UndoMarks
  /** Oldest first: the latest of each kind, the journal has the rest. */
  readonly log: readonly LogEntry[]
  readonly secrets?: TableSecrets
}
