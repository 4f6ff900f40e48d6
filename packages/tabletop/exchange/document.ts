import type { HouseRules } from '../rules/rules'
import type { Entities } from '../table/changes'
import type { ImportedEntry } from '../table/table-events'

/** A player of a document: `ref` is `p1`, `p2` and so on in order, and `p1` is the game master. */
export interface DocumentPlayer {
  readonly ref: string
  readonly name: string
  readonly role: 'gm' | 'player'
}

/** An entry of the log; `by` is a `ref`, or null for the table itself. */
export type DocumentEntry = EntryBy<ImportedEntry>
type EntryBy<Entry> = Entry extends ImportedEntry ? Omit<Entry, 'by'> & { readonly by: string | null } : never

/**
 * A whole table to keep, or to take elsewhere: what its game master sees. Owners and authors are `ref`s; no uuid of a
 * player is in it, no secret of the dice, and no roll that somebody made for themselves alone.
 */
export interface TableDocument {
  readonly format: 'innkeeper-session'
  readonly version: 1
  readonly session: {
    readonly name: string
    readonly language: 'en' | 'pt-BR' | 'ru'
    readonly edition: '2014' | '2024'
    readonly houseRules: HouseRules
  }
  readonly players: readonly DocumentPlayer[]
  readonly game: Entities
  /** Oldest first. */
  readonly log: readonly DocumentEntry[]
}
