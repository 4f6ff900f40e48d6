import type { Effect } from '../rules/effect'
import type { Ability } from '../table/creatures'
import { explain, present, type Explained, type Part } from './explained'
import type { Proficiency, Sheet } from './sheet'

/** @returns the modifier of a score: 10 and 11 give 0, every two more give one more */
export function abilityModifier(score: number): number {
  return Math.floor((score - 10) / 2)
}

/** @returns levels of all classes together; 0 for who has none */
export function totalLevel({ classes }: Pick<Sheet, 'classes'>): number {
  return classes.reduce((total, { level }) => total + level, 0)
}

/** @returns 2 at level 1 and one more every four levels; who has no level is as level 1 */
export function proficiencyBonus(sheet: Pick<Sheet, 'classes'>): Explained {
  const level = totalLevel(sheet)
  return explain([
    { source: 'level', params: { level }, amount: 2 + Math.floor((Math.max(1, level) - 1) / 4) },
  ])
}

/** @returns what an ability adds to a number */
export function abilityPart({ abilities }: Pick<Sheet, 'abilities'>, ability: Ability): Part {
  return { source: 'ability', params: { ability }, amount: abilityModifier(abilities[ability]) }
}

/** @returns what being so proficient adds to a number; half is rounded down */
export function proficiencyPart(sheet: Pick<Sheet, 'classes'>, proficiency: Proficiency): Part {
  const bonus = proficiencyBonus(sheet).value
  const amount = { none: 0, half: Math.floor(bonus / 2), proficient: bonus, expertise: bonus * 2 }[
    proficiency
  ]
  return { source: 'proficiency', params: { proficiency, bonus }, amount }
}

/** @returns the number of a d20 test: its parts less what conditions and exhaustion take off every d20 */
export function explainTest(parts: readonly Part[], effects: readonly Effect[]): Explained {
  const penalties = effects.flatMap((effect): Part[] =>
    effect.effect === 'd20-penalty'
      ? [
          {
            source: 'condition',
            params: { rule: effect.rule, condition: effect.from },
            amount: -effect.amount,
          },
        ]
      : [],
  )
  return explain(present([...parts, ...penalties]))
}
