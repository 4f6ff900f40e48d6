import { derive, type Derived } from '@innkeeper/tabletop/characters/derived'
import type { Sheet } from '@innkeeper/tabletop/characters/sheet'
import type { Edition, Vitals } from '@innkeeper/tabletop/table/creatures'
import type { CharacterView } from './to-character-views'

/** A character whose sheet the viewer may read, with all that follows from it. */
export interface PlayedCharacter {
  readonly id: string
  readonly name: string
  readonly sheet: Sheet
  readonly vitals: Vitals
  readonly derived: Derived
  readonly edition: Edition
  /** There are controls: the viewer may roll, spend and write. */
  readonly isPlayable: boolean
}

/** @returns null where the viewer may not read the sheet */
export function toPlayedCharacter(view: CharacterView, edition: Edition): PlayedCharacter | null {
  const { id, character, vitals, isPlayable } = view
  const { name, sheet } = character
  if (sheet === null || vitals === null) return null
  return { id, name, sheet, vitals, derived: derive(sheet, vitals, edition), edition, isPlayable }
}
