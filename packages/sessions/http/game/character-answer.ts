import { ownOf } from '@innkeeper/tabletop/table/own-of'
import { AppError } from '@innkeeper/protocol/problems'
import { derive } from '@innkeeper/tabletop/characters/derived'
import type { CharacterAnswer } from './game-schemas'
import type { SeenTable } from './play'

/** @returns the error for a character that is not there, or not for this player to know of */
export const noSuchCharacter = () => new AppError('not-found', 'There is no such character at this table')

/**
 * A character as this player sees it, with what follows from its sheet.
 *
 * @throws AppError `not-found`
 */
export function toCharacterAnswer({ table }: Pick<SeenTable, 'table'>, id: string): CharacterAnswer {
  const character = ownOf(table.game.character, id)
  if (!character) throw noSuchCharacter()
  const vitals = table.game.vitals[id] ?? null
  const { revisions, sheet } = character
  return {
    character,
    vitals,
    revision: revisions ? Math.max(0, ...Object.values(revisions)) : null,
    derived: sheet && vitals ? derive(sheet, vitals, table.edition) : null,
  }
}
