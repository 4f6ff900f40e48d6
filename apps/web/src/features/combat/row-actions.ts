import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'
import type { FightOrder } from './fight-order'

/** A command that fits a row as it is now. `key` names its text and its icon. */
export interface RowAction {
  readonly key: RowActionKey
  readonly name: string
  readonly payload: object
}
export type RowActionKey =
  | 'rollInitiative'
  | 'endTurn'
  | 'delay'
  | 'ready'
  | 'return'
  | 'act'
  | 'useReaction'
  | 'regainReaction'
  | 'stopConcentrating'
  | 'stabilise'
  | 'surprise'
  | 'unsurprise'
  | 'leave'
  | 'comeBack'
  | 'hide'
  | 'show'
  | 'revive'
  | 'kill'

/** A row with what decides about it. */
export interface RowAtHand {
  readonly row: Combatant
  readonly vitals: Vitals | undefined
  readonly order: FightOrder
}

/** @returns what whoever commands a row can do with it now: a player with their own, the game master with all */
export function actionsOf({ row, vitals, order }: RowAtHand): readonly RowAction[] {
  const { id } = row
  return [
    ...initiativeOf(row),
    ...(order.phase === 'running' ? turnActions(row, order) : []),
    row.isReactionUsed
      ? { key: 'regainReaction', name: 'combat.reaction', payload: { id, isUsed: false } }
      : { key: 'useReaction', name: 'combat.reaction', payload: { id } },
    ...(vitals?.concentration == null
      ? []
      : [{ key: 'stopConcentrating', name: 'combat.stop-concentrating', payload: { id } } as const]),
    ...(vitals?.life === 'dying'
      ? [{ key: 'stabilise', name: 'combat.stabilise', payload: { id } } as const]
      : []),
  ]
}

function initiativeOf({ id, initiative, rider, kind }: Combatant): readonly RowAction[] {
  if (initiative !== null || rider !== null || kind === 'lair') return []
  return [{ key: 'rollInitiative', name: 'combat.initiative', payload: { targets: [id] } }]
}

function turnActions({ id, status }: Combatant, order: FightOrder): readonly RowAction[] {
  const end: readonly RowAction[] =
    order.turn?.id === id ? [{ key: 'endTurn', name: 'combat.end-turn', payload: {} }] : []
  switch (status) {
    case 'active':
      return [
        ...end,
        { key: 'delay', name: 'combat.delay', payload: { id } },
        { key: 'ready', name: 'combat.ready', payload: { id } },
      ]
    case 'delayed':
      return [...end, { key: 'return', name: 'combat.return', payload: { id } }]
    case 'readied':
      return [...end, { key: 'act', name: 'combat.return', payload: { id } }]
    case 'out':
      return end
  }
}

/** @returns what only the game master does with a row */
export function gmActionsOf({ row, vitals }: RowAtHand): readonly RowAction[] {
  const edit = (key: RowActionKey, changes: object): RowAction => ({
    key,
    name: 'combat.edit',
    payload: { id: row.id, changes },
  })
  const life: readonly RowAction[] =
    vitals === undefined
      ? []
      : vitals.life === 'dead'
        ? [{ key: 'revive', name: 'combat.revive', payload: { id: row.id } }]
        : [{ key: 'kill', name: 'combat.kill', payload: { targets: [row.id] } }]
  return [
    row.isHidden ? edit('show', { isHidden: false }) : edit('hide', { isHidden: true }),
    row.isSurprised ? edit('unsurprise', { isSurprised: false }) : edit('surprise', { isSurprised: true }),
    row.status === 'out' ? edit('comeBack', { isOut: false }) : edit('leave', { isOut: true }),
    ...life,
  ]
}

/** @returns the command that puts a row one place up or down; null at the end of the order */
export function moveOf(
  { id }: Pick<Combatant, 'id'>,
  rows: readonly Combatant[],
  direction: 'up' | 'down',
): { readonly id: string; readonly next: string; readonly place: 'before' | 'after' } | null {
  const at = rows.findIndex((row) => row.id === id)
  const neighbour = at < 0 ? undefined : rows[direction === 'up' ? at - 1 : at + 1]
  return neighbour === undefined
    ? null
    : { id, next: neighbour.id, place: direction === 'up' ? 'before' : 'after' }
}
