import type { Refusal } from '@innkeeper/rooms/room-type'
import type { Vitals } from '../table/creatures'
import type { Context } from '../table/decision'
import { ownOf } from '../table/own-of'
import { closenessOf } from '../table/view-creatures'
import type { WholeCharacter } from './character-vitals'

/** A character and its vitals, for somebody who may change them. */
export interface OwnCharacter {
  readonly character: WholeCharacter
  readonly vitals: Vitals
}

/** @returns the character, or why not: players change their own, and know nothing of those that are hidden from them */
export function findOwn(
  { state: { game }, by }: Pick<Context, 'state' | 'by'>,
  id: string,
): OwnCharacter | Refusal {
  const character = ownOf(game.character, id)
  const vitals = ownOf(game.vitals, id)
  const closeness = character && closenessOf(character, by)
  if (!character?.sheet || !vitals || (closeness === 'other' && character.isHidden))
    return { refused: 'not-found', detail: 'There is no such character at this table' }
  if (closeness === 'other') return { refused: 'not-allowed', detail: 'This character is not yours' }
  return { character: { ...character, sheet: character.sheet }, vitals }
}
