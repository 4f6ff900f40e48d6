import { monsterAliases } from '@innkeeper/tabletop/compendium/monster-aliases'
import type { Monster } from '@innkeeper/tabletop/compendium/monster'
import type { Language } from '../../i18n/languages'

/** As much of a monster as a row of a list shows. */
export type MonsterBrief = Pick<Monster, 'id' | 'name' | 'armorClass' | 'hitPoints' | 'hitDice'> & {
  /** Challenge rating as it is written: `1/4`. */
  readonly challenge: string
}

/** @returns what a row shows of it */
export function toBrief({ id, name, armorClass, hitPoints, hitDice, challenge }: Monster): MonsterBrief {
  return { id, name, armorClass, hitPoints, hitDice, challenge: challenge.text }
}

/** @returns its usual name in a language; the English one where a language has none that everybody agrees on */
export function nameIn(language: Language, { id, name }: Pick<Monster, 'id' | 'name'>): string {
  return language === 'en' ? name : (monsterAliases[id]?.[language][0] ?? name)
}
