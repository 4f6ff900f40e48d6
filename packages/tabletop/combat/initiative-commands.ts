import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { initiativeModifierOf, initiativeScore } from '../rules/initiative'
import { toChange, type Entities } from '../table/changes'
import type { Combatant } from '../table/creatures'
import { defineGameCommand, type CommandType, type Context, type Decision } from '../table/decision'
import type { Line } from '../table/log-lines'
import type { TableDice } from '../table/table-dice'
import { commandedRow, findCreature, unknownCreature } from './creature'
import { ownOf } from '../table/own-of'
import { rollD20 } from './roll-d20'
import { inOrder, putAt } from './order'
import { creatureId, creatureIds } from './payloads'
import { tellRow } from './tell-row'

const roll = defineGameCommand('combat.changed', {
  name: 'combat.initiative',
  summary:
    'Initiative, rolled (once per group) or as a fixed score; of those named and their groups, else of all who have none',
  forPlayers: true,
  payload: z.strictObject({
    targets: creatureIds.optional(),
    how: z.enum(['roll', 'score']).default('roll'),
    advantage: z.enum(['advantage', 'disadvantage']).optional(),
    value: z.int().min(-20).max(60).optional().describe('As it was rolled at the table'),
  }),
  decide(context, { targets: ids, how, advantage, value }) {
    const chosen = chooseRollers(context, ids)
    if ('refused' in chosen) return chosen
    const dice = context.dice()
    const { combatants, lines } = rollInitiative(context, chosen.combatants, {
      dice,
      how,
      advantage,
      value,
    })
    const isOpen = combatants.every(({ isHidden }) => !isHidden)
    return {
      changes: combatants.map((combatant) => toChange('combatant', combatant)),
      lines,
      dice,
      drawShownTo: isOpen ? 'everyone' : 'author',
    }
  },
})

const move = defineGameCommand('combat.changed', {
  name: 'combat.move',
  summary:
    'Another place in the order, before or after somebody: takes their initiative, and goes before or after them',
  payload: z.strictObject({ id: creatureId, next: creatureId, place: z.enum(['before', 'after']) }),
  decide({ state: { game } }, { id, next, place }): Decision | Refusal {
    const moved = ownOf(game.combatant, id)
    const neighbour = ownOf(game.combatant, next)
    if (!moved || moved.id === next) return unknownCreature(id)
    if (!neighbour) return unknownCreature(next)
    const { initiative } = neighbour
    // A mount goes where its rider goes.
    const rows = [moved, ...mountsOf(game, id).filter((mount) => mount.id !== next)]
    const others = inOrder(game.combatant).filter((known) => !rows.some((row) => row.id === known.id))
    const at = others.findIndex((known) => known.id === next) + (place === 'before' ? 0 : 1)
    const placed = putAt({ rows: rows.map((row) => ({ ...row, initiative })), others, at })
    const changes = placed.map((combatant) => toChange('combatant', combatant))
    return { changes, lines: [] }
  },
})

export const initiativeCommands: readonly CommandType[] = [roll, move]

function chooseRollers(
  context: Context,
  ids: readonly string[] | undefined,
): { readonly combatants: readonly Combatant[] } | Refusal {
  const { state, by } = context
  const all = Object.values(state.game.combatant)
  const combatants = all.filter(({ owner }) => by.role === 'gm' || owner === by.uuid)
  if (ids === undefined)
    return { combatants: combatants.filter((row) => row.initiative === null && rolls(state.game, row)) }
  const named: Combatant[] = []
  for (const id of new Set(ids)) {
    const row = commandedRow(context, id)
    if ('refused' in row) return row
    if (!rolls(state.game, row)) return rollsNot(row)
    named.push(row)
  }
  const groups = new Set(named.flatMap(({ group }) => group ?? []))
  const isNamed = (row: Combatant) => named.includes(row) || (row.group !== null && groups.has(row.group))
  return { combatants: combatants.filter((row) => isNamed(row) && rolls(state.game, row)) }
}

/** Lair actions have a place of their own, and a mount has its rider's. */
function rolls({ combatant }: Entities, { kind, rider }: Combatant): boolean {
  return kind !== 'lair' && (rider === null || ownOf(combatant, rider) === undefined)
}

function rollsNot({ id, kind }: Combatant): Refusal {
  const detail = kind === 'lair' ? 'Lair actions do not roll initiative' : 'A mount goes with its rider'
  return { refused: 'conflict', detail, extras: { entity: id } }
}

/** How initiative is found. */
export interface InitiativeWish {
  readonly dice: TableDice
  readonly how: 'roll' | 'score'
  readonly advantage?: 'advantage' | 'disadvantage' | undefined
  /** Given by hand. */
  readonly value?: number | undefined
}

/** @returns the combatants with their initiative: those of one group with the same */
export function rollInitiative(
  context: Context,
  combatants: readonly Combatant[],
  wish: InitiativeWish,
): { readonly combatants: readonly Combatant[]; readonly lines: readonly Line[] } {
  const byGroup = new Map<string, { readonly total: number; readonly face?: number }>()
  const lines: Line[] = []
  const rollers = combatants.filter((combatant) => rolls(context.state.game, combatant))
  const rolled = rollers.map((combatant) => {
    const group = combatant.group ?? combatant.id
    const known = byGroup.get(group)
    const result = known ?? initiativeOf(context, combatant, wish)
    byGroup.set(group, result)
    if (!known) lines.push(tellRow(combatant, { code: 'initiative.rolled', params: { ...result } }))
    return { ...combatant, initiative: result.total }
  })
  return { combatants: [...rolled, ...mountsAfter(context.state.game, rolled)], lines }
}

function initiativeOf(
  { state }: Context,
  combatant: Combatant,
  { dice, how, advantage, value }: InitiativeWish,
): { readonly total: number; readonly face?: number } {
  if (value !== undefined) return { total: value }
  const creature = findCreature(state.game, combatant.id)
  const dexModifier = creature?.stats.dexModifier ?? combatant.stats?.dexModifier ?? 0
  const { value: modifier, mode } = initiativeModifierOf(
    {
      vitals: creature?.vitals ?? { conditions: [], exhaustion: 0 },
      dexModifier,
      isSurprised: combatant.isSurprised,
      advantages: advantage === 'advantage' ? 1 : 0,
      disadvantages: advantage === 'disadvantage' ? 1 : 0,
    },
    state.edition,
  )
  if (how === 'score') {
    const [isUp, isDown] = [mode === 'advantage', mode === 'disadvantage']
    return { total: initiativeScore({ dexModifier: modifier, advantage: isUp, disadvantage: isDown }).value }
  }
  const face = rollD20(dice, mode)
  return { total: face + modifier, face }
}

/** @returns the mounts with the initiative that their riders have now */
export function mountsAfter(game: Entities, riders: readonly Combatant[]): readonly Combatant[] {
  return riders.flatMap(({ id, initiative }) =>
    mountsOf(game, id).map((mount): Combatant => ({ ...mount, initiative })),
  )
}

function mountsOf({ combatant }: Entities, riderId: string): readonly Combatant[] {
  return Object.values(combatant).filter(({ rider }) => rider === riderId)
}
