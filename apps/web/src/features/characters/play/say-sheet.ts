import type { RollTrait, Sheet } from '@innkeeper/tabletop/characters/sheet'
import type { Words } from '@innkeeper/tabletop/language/words'
import type { Defence } from '@innkeeper/tabletop/table/creatures'

/** A text of the page by its key. */
type Translate = (key: string) => string

/** @returns a resistance or the like: `fire`, `slashing (not magical, not silvered)` */
export function sayDefence(
  { type, nonmagical, bypassedBy }: Defence,
  { damageTypes }: Words,
  t: Translate,
): string {
  const limits = [
    ...(nonmagical ? [t('sheet.nonmagical')] : []),
    ...(bypassedBy === undefined ? [] : [t(`sheet.bypassedBy.${bypassedBy}`)]),
  ]
  return damageTypes[type] + (limits.length === 0 ? '' : ` (${limits.join(', ')})`)
}

/** @returns what always gives advantage or disadvantage: `disadvantage: Stealth (chain mail)` */
export function sayTrait(trait: RollTrait, sheet: Pick<Sheet, 'attacks'>, words: Words): string {
  const reason = trait.reason === '' ? '' : ` (${trait.reason})`
  return `${words.dice[trait.gives]}: ${targetOf(trait, sheet, words)}${reason}`
}

function targetOf(trait: RollTrait, { attacks }: Pick<Sheet, 'attacks'>, words: Words): string {
  const { fields } = words
  switch (trait.on) {
    case 'ability':
      return trait.key === null ? fields.abilities : words.abilities[trait.key]
    case 'save':
      return trait.key === null ? fields.saves : `${fields.saves}, ${words.abilities[trait.key]}`
    case 'skill':
      return trait.key === null ? fields.skills : words.skills[trait.key]
    case 'attack':
      return attacks.find(({ id }) => id === trait.key)?.name ?? fields.attacks
    case 'initiative':
      return fields.initiativeBonus
    default:
      return fields.spellcasting
  }
}
