import { blankSheet, type HitDie, type Sheet } from '@innkeeper/tabletop/characters/sheet'
import type { Ability } from '@innkeeper/tabletop/table/creatures'

/** What is asked of a new character: a name, and what else somebody has at hand. */
export interface NewCharacter {
  readonly name: string
  readonly className: string
  readonly level: number
  readonly hitDie: HitDie
  readonly abilities: Readonly<Record<Ability, number>>
  readonly maxHitPoints: number
  readonly armorClass: number
}

/** Nothing said yet. */
export const nobody: NewCharacter = {
  name: '',
  className: '',
  level: 1,
  hitDie: 'd8',
  abilities: blankSheet.abilities,
  maxHitPoints: blankSheet.maxHitPoints,
  armorClass: blankSheet.armorClass.base,
}

/** @returns what `character.create` carries. The armour class is the number that was typed, whatever it is made of. */
export function toCreation(made: NewCharacter): {
  readonly name: string
  readonly summary: string
  readonly sheet: Partial<Sheet>
} {
  const className = made.className.trim()
  const classes = className === '' ? [] : [{ name: className, level: made.level, hitDie: made.hitDie }]
  const isPlain = made.armorClass === blankSheet.armorClass.base
  return {
    name: made.name.trim(),
    summary: className === '' ? '' : `${className} ${made.level}`,
    sheet: {
      classes,
      abilities: made.abilities,
      maxHitPoints: made.maxHitPoints,
      ...(isPlain
        ? {}
        : { armorClass: { ...blankSheet.armorClass, base: made.armorClass, dexterityMax: 0 } }),
    },
  }
}

/** @returns what was typed before a reload, where it has the shape of this page */
export function parseNewCharacter(stored: object | null): NewCharacter {
  const known: NewCharacter = { ...nobody, ...stored }
  const isWhole = typeof known.name === 'string' && typeof known.abilities === 'object'
  return isWhole ? known : nobody
}
