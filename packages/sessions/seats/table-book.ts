import type { RoomId } from '@innkeeper/protocol/ids'
import type { Session } from './seats'

/** What may be changed about a table. */
export type TableChanges = Partial<Pick<Session, 'name' | 'language' | 'edition' | 'isJoinable'>>

/** Someone whom a table does not let in. Epoch ms. */
export interface Ban {
  readonly id: string
  /** The name that they had. */
  readonly name: string
  /** Whether it holds an account too, and not just the name. */
  readonly holdsAccount: boolean
  readonly createdAt: number
  readonly until: number
}

/** The tables themselves: their code, what is said about them, whom they do not let in, and their end. */
export interface TableBook {
  /** @returns the open table with this code */
  findOpen(code: string): Promise<Session | undefined>
  /** @returns the table as it is now, or undefined when it is not open */
  edit(sessionId: RoomId, changes: TableChanges): Promise<Session | undefined>
  /** Gives the table another code; the old one is free. */
  recode(sessionId: RoomId, code: string): Promise<'recoded' | 'code-taken' | 'closed'>
  /** Bans that hold at `nowMs`, the newest first. */
  bans(sessionId: RoomId, nowMs: number): Promise<readonly Ban[]>
  /** @returns whether there was such a ban at this table */
  liftBan(sessionId: RoomId, id: string): Promise<boolean>
  /** Ends a table: its code is free, its seats open nothing. Once is enough. */
  close(sessionId: RoomId, atMs: number): Promise<void>
  /** Tables that were closed before `beforeMs` and never marked as cleared. */
  uncleared(beforeMs: number): Promise<readonly RoomId[]>
  /** Notes that nothing is left of a closed table but its row. */
  markCleared(sessionId: RoomId, atMs: number): Promise<void>
  /** Drops bans that are over, and whatever is kept of tables that were cleared before `clearedBeforeMs`. */
  purge(nowMs: number, clearedBeforeMs: number): Promise<void>
}
