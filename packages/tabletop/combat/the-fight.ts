import type { ChangeOf, Entities } from '../table/changes'
import type { Combat, Combatant } from '../table/creatures'

/** There is one fight at a table, or none. */
const fightId = 'combat'

export function combatOf({ combat }: Entities): Combat | undefined {
  return combat[fightId]
}

/** @returns the fight as it is from now on; null: it is over */
export function toCombatChange(value: Combat | null): ChangeOf<'combat'> {
  return { kind: 'combat', id: fightId, value }
}

/** @returns where the fight really is, hidden turns included */
export function realTurn(combat: Combat | undefined): {
  readonly round: number
  readonly turn: string | null
} {
  return combat?.real ?? { round: 0, turn: null }
}

/** @returns the fight at another turn; players go on seeing the one before while a hidden combatant acts */
export function atTurn(combat: Combat, round: number, next: Combatant | null): Combat {
  const real = { round, turn: next?.id ?? null }
  if (next?.isHidden) return { ...combat, phase: 'running', round: Math.max(1, combat.round), real }
  return { phase: 'running', round, turn: real.turn, real }
}
