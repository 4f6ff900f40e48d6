import { inOrder, takesTurns } from '@innkeeper/tabletop/combat/order'
import type { Combat } from '@innkeeper/tabletop/table/creatures'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import type { CombatAnswer } from './game-schemas'
import type { SeenTable } from './play'

/** @returns the fight as this player sees it, in the order of its turns */
export function toCombatAnswer({ seq, table }: Pick<SeenTable, 'seq' | 'table'>): CombatAnswer {
  const { game, marks } = table
  const combat = game.combat['combat']
  return {
    seq,
    combat: combat ? toFight(combat, game) : null,
    canUndo: marks.done.at(-1)?.command ?? null,
    canRedo: marks.undone.at(-1)?.command ?? null,
  }
}

function toFight(combat: Combat, { combatant, vitals }: TableState['game']) {
  const { round, turn } = combat.real ?? combat
  const order = inOrder(combatant)
  const acting = order.filter((row) => takesTurns(row, vitals[row.id]))
  const at = acting.findIndex(({ id }) => id === turn)
  const next = acting.length < 2 ? undefined : acting[(at + 1) % acting.length]
  return {
    phase: combat.phase,
    round,
    turn,
    onDeck: combat.phase === 'running' ? (next?.id ?? null) : null,
    combatants: order.map((row) => ({ ...row, vitals: vitals[row.id] ?? null })),
  }
}
