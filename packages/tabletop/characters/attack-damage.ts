import { damageExpression } from './damage-notation'
import { present, type Part } from './explained'
import { abilityPart } from './modifiers'
import type { Attack, Sheet } from './sheet'

/** What an attack does. */
export interface Damage {
  /** To roll, the modifier in it. */
  readonly expression: string
  /** What the modifier is made of. */
  readonly parts: readonly Part[]
}

/** @returns the damage of an attack, of a critical hit if asked; null: it does none */
export function damageOf(sheet: Sheet, attack: Attack, isCritical = false): Damage | null {
  const { ability, addsAbilityToDamage, damage, damageType: type } = attack
  if (damage === '') return null
  const parts = present(ability === null || !addsAbilityToDamage ? [] : [abilityPart(sheet, ability)])
  const modifier = parts.reduce((sum, { amount }) => sum + amount, 0)
  return { expression: damageExpression(damage, { modifier, type, isCritical }), parts }
}
