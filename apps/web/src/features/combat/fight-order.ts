import { inOrder, stopsAfter, takesTurns } from '@innkeeper/tabletop/combat/order'
import type { Combat, Combatant } from '@innkeeper/tabletop/table/creatures'
import { ownOf } from '@innkeeper/tabletop/table/own-of'
import type { TableState } from '@innkeeper/tabletop/table/table-state'

/** A fight as one viewer follows it. */
export interface FightOrder {
  readonly phase: Combat['phase']
  readonly round: number
  /** As they act. */
  readonly rows: readonly Combatant[]
  /** Whose turn it is; null before the first, and while somebody acts whom the viewer does not see. */
  readonly turn: Combatant | null
  /** Who is next; null when nobody else is. */
  readonly onDeck: Combatant | null
}

/** @returns the fight at a table, or null: there is none */
export function toFightOrder({ game }: Pick<TableState, 'game'>): FightOrder | null {
  const combat = ownOf(game.combat, 'combat')
  if (combat === undefined) return null
  const rows = inOrder(game.combatant)
  // Where the fight really is, for who may know it.
  const { round, turn } = combat.real ?? combat
  const current = rows.find(({ id }) => id === turn) ?? null
  const isRunning = combat.phase === 'running'
  const next = stopsAfter(rows, { round, turn }).find(
    ({ combatant }) => combatant.id !== turn && takesTurns(combatant, ownOf(game.vitals, combatant.id)),
  )
  return {
    phase: combat.phase,
    round,
    rows,
    turn: isRunning ? current : null,
    onDeck: isRunning ? (next?.combatant ?? null) : null,
  }
}
