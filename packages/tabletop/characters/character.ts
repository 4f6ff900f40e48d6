import type { HpDisplay } from '../table/creatures'
import type { Sheet } from './sheet'

/** Someone that a player plays, or that the GM keeps as if they were. Its hit points and the like are its vitals. */
export interface Character {
  readonly id: string
  /** A player's uuid; null: the GM's. */
  readonly owner: string | null
  /** Only the GM (and the owner) know that it exists. */
  readonly isHidden: boolean
  /** What other players see of its hit points. */
  readonly hpShown: HpDisplay
  readonly name: string
  /** What everyone at the table may read: "Half-elf bard 3", and the public notes. */
  readonly summary: string
  readonly publicNotes: string
  /** null for those who may not read it. */
  readonly sheet: Sheet | null
  /** The GM's alone; empty in the views of others. */
  readonly gmNotes: string
  /**
   * By field of the character or its sheet: the revision that changed it last. Kept by the table; absent in a new one and
   * null for those who may not edit.
   */
  readonly revisions?: Readonly<Record<string, number>> | null
}
