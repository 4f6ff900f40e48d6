import type { MonsterAbility, MonsterDamage } from '@innkeeper/tabletop/compendium/monster'

/** Dice that the text of an ability speaks of. */
export interface AbilityDice {
  readonly what: 'attack' | 'damage'
  /** Dice notation, with its kinds of damage in brackets. */
  readonly expression: string
}

/** @returns the rolls of an ability in the order in which they are made, each once */
export function diceOf({ attack, saves = [] }: MonsterAbility): readonly AbilityDice[] {
  const damages = [
    ...(attack ? [attack.damage, attack.otherwise ?? []] : []),
    ...saves.map(({ damage }) => damage),
  ]
  const expressions = damages.filter((parts) => parts.length > 0).map(toExpression)
  return [
    ...(attack ? [{ what: 'attack' as const, expression: d20With(attack.toHit) }] : []),
    ...[...new Set(expressions)].map((expression) => ({ what: 'damage' as const, expression })),
  ]
}

/** @returns a d20 and a modifier */
export function d20With(modifier: number): string {
  return modifier === 0 ? '1d20' : `1d20${modifier > 0 ? '+' : ''}${modifier}`
}

function toExpression(parts: readonly MonsterDamage[]): string {
  return parts
    .map(({ expression, type }) => (/[-+]/.test(expression) ? `(${expression})` : expression) + `[${type}]`)
    .join('+')
}
