import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'
import { type Line, saidOf } from '@innkeeper/tabletop/table/log-lines'
import { ownOf } from '@innkeeper/tabletop/table/own-of'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { toFightOrder } from './fight-order'

/** Something that a creature owes the table, and that the viewer may answer. */
export type DuePrompt =
  | {
      readonly kind: 'concentration'
      readonly key: string
      readonly id: string
      readonly name: string
      readonly spell: string
      readonly check: string
      readonly dc: number
    }
  | {
      readonly kind: 'death-save'
      readonly key: string
      readonly id: string
      readonly name: string
      readonly successes: number
      readonly failures: number
    }
  | { readonly kind: 'initiative'; readonly key: string; readonly id: string; readonly name: string }

/** Whose view it is. */
export interface Asked {
  readonly me: string
  readonly isGm: boolean
}

/**
 * @returns what waits for an answer of this viewer: checks of concentration, then the death save of whose turn it is, then
 *   the initiative of a player's own. The game master rolls the initiative of others on the fight panel.
 */
export function duePrompts(table: TableState, asked: Asked): readonly DuePrompt[] {
  const mine = Object.values(table.game.vitals).filter(({ owner }) => asked.isGm || owner === asked.me)
  return [
    ...mine.flatMap((vitals) => checksOf(table, vitals)),
    ...mine.flatMap((vitals) => deathSaveOf(table, vitals, asked)),
    ...initiativesOf(table, asked),
  ]
}

function checksOf(
  table: TableState,
  { id, concentration, concentrationChecks }: Vitals,
): readonly DuePrompt[] {
  return concentrationChecks.map((check) => ({
    kind: 'concentration',
    key: check.id,
    id,
    name: nameOf(table, id),
    spell: concentration ?? '',
    check: check.id,
    dc: check.dc,
  }))
}

function deathSaveOf(table: TableState, vitals: Vitals, asked: Asked): readonly DuePrompt[] {
  const { id, life, deathSaves } = vitals
  if (life !== 'dying' || deathSaves === null) return []
  const fight = toFightOrder(table)
  if (fight?.turn?.id !== id || isRolled(table, fight.turn, asked)) return []
  const { successes, failures } = deathSaves
  return [{ kind: 'death-save', key: `${id}-death-save`, id, name: nameOf(table, id), successes, failures }]
}

/**
 * The log tells when a death save was due and when it was rolled; one that was taken back is due again. A player knows of
 * their own commands whether they still hold, and takes the game master's as given.
 */
function isRolled({ log, marks }: TableState, { name }: Combatant, { me, isGm }: Asked): boolean {
  const isBack = (seq: number, by: string) =>
    (isGm || by === me) && !marks.done.some((mark) => mark.seq === seq)
  const latest = log.findLast(
    (entry) => entry.name === 'line' && isOfSave(entry.payload, name) && !isBack(entry.seq, entry.by),
  )
  const said = latest?.name === 'line' ? saidOf(latest.payload) : null
  return said?.params['result'] === 'rolled'
}

/** The due save and the rolled one; what came of it has lines of its own. */
function isOfSave(line: Line, name: string): boolean {
  const said = saidOf(line)
  if (said?.code !== 'death-save' || said.params['name'] !== name) return false
  return said.params['result'] === 'due' || said.params['result'] === 'rolled'
}

function initiativesOf(table: TableState, { me, isGm }: Asked): readonly DuePrompt[] {
  if (isGm || toFightOrder(table) === null) return []
  return Object.values(table.game.combatant)
    .filter(({ owner, initiative, rider }) => owner === me && initiative === null && rider === null)
    .map(({ id, name }) => ({ kind: 'initiative', key: `${id}-initiative`, id, name }))
}

function nameOf({ game }: TableState, id: string): string {
  return ownOf(game.character, id)?.name ?? ownOf(game.combatant, id)?.name ?? ''
}
