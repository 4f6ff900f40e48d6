import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import type { Language } from '@innkeeper/tabletop/language/languages'
import type { SheetRoll } from '@innkeeper/tabletop/table/messages'
import type { TableState } from '@innkeeper/tabletop/table/table-state'

/** The page's own words for kinds of rolls; `what` is an ability, a skill or an attack. */
export type CheckWords = (kind: SheetRoll['of']['kind'] | 'named-attack', what: string) => string

/** @returns what a roll off a sheet was for: `Dexterity save`; an attack by its name where its sheet is open */
export function sayCheck(
  { character, of }: Pick<SheetRoll, 'character' | 'of'>,
  { game }: Pick<TableState, 'game'>,
  { language, say }: { readonly language: Language; readonly say: CheckWords },
): string {
  const { words } = catalogueOf(language)
  switch (of.kind) {
    case 'ability':
    case 'save':
      return say(of.kind, words.abilities[of.key])
    case 'skill':
      return say('skill', words.skills[of.key])
    case 'attack':
    case 'damage': {
      const sheet = game.character[character]?.sheet
      const name = sheet?.attacks.find(({ id }) => id === of.key)?.name
      if (of.kind === 'damage') return say('damage', name ?? '')
      return name === undefined ? say('attack', '') : say('named-attack', name)
    }
    case 'hit-die':
      return say('hit-die', '')
    default:
      return say(of.kind, '')
  }
}
