import { type RollTrait, type Sheet, skills } from '@innkeeper/tabletop/characters/sheet'
import type { Words } from '@innkeeper/tabletop/language/words'
import { abilities } from '@innkeeper/tabletop/table/creatures'

/** What a trait is on, as one choice. */
export interface TraitTarget {
  readonly value: string
  readonly text: string
  readonly target: Pick<RollTrait, 'on' | 'key'>
}

/** @returns all that advantage can be on: kinds of rolls, and each of their kind */
export function traitTargets({ attacks }: Pick<Sheet, 'attacks'>, words: Words): readonly TraitTarget[] {
  const { fields } = words
  const target = (on: RollTrait['on'], key: RollTrait['key'], text: string): TraitTarget => ({
    value: `${on} ${key ?? ''}`,
    text,
    target: { on, key },
  })
  return [
    target('ability', null, fields.abilities),
    ...abilities.map((key) => target('ability', key, words.abilities[key])),
    target('save', null, fields.saves),
    ...abilities.map((key) => target('save', key, `${fields.saves}: ${words.abilities[key]}`)),
    target('skill', null, fields.skills),
    ...skills.map((key) => target('skill', key, words.skills[key])),
    target('attack', null, fields.attacks),
    ...attacks.map(({ id, name }) => target('attack', id, `${fields.attacks}: ${name}`)),
    target('initiative', null, fields.initiativeBonus),
    target('spell-attack', null, fields.spellcasting),
  ]
}

/** @returns the choice that a trait is; one of an attack that is gone is on all attacks */
export function valueOfTrait({ on, key }: RollTrait, targets: readonly TraitTarget[]): string {
  const value = `${on} ${key ?? ''}`
  return targets.some((one) => one.value === value) ? value : `${on} `
}

/** @returns the trait on something else; `targets` pair kinds of rolls only with what is of that kind */
export function parseTrait(trait: RollTrait, target: TraitTarget['target']): RollTrait {
  return { ...trait, ...target } as RollTrait
}
