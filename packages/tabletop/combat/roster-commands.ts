import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { toChange, type Change } from '../table/changes'
import type { Combat } from '../table/creatures'
import { defineGameCommand, type CommandType, type Context, type Decision } from '../table/decision'
import { openLine } from '../table/log-lines'
import { advance } from './advance'
import { bring, type Arriving } from './arrivals'
import { unknownCreature } from './creature'
import { ownOf } from '../table/own-of'
import { departFrom, endFight } from './departures'
import { editCombatant } from './edit-combatant'
import { rollInitiative } from './initiative-commands'
import { creatureId, creatureIds } from './payloads'
import { combatantEdits, newcomer } from './roster-payloads'
import { combatOf, toCombatChange } from './the-fight'

/** More would not be a fight that anyone can follow. */
const combatantsMax = 120

const newFight: Combat = { phase: 'setup', round: 0, turn: null, real: { round: 0, turn: null } }

const add = defineGameCommand('combat.changed', {
  name: 'combat.add',
  summary: 'Characters and monsters come to the fight, before it begins or in the middle of it',
  payload: z.strictObject({ combatants: z.array(newcomer).min(1).max(30) }),
  decide(context, { combatants }): Decision | Refusal {
    const { game } = context.state
    const dice = context.dice()
    const arriving: Arriving = {
      context,
      dice,
      rows: [],
      changes: [],
      lines: [],
    }
    for (const wish of combatants) {
      const refusal = bring(arriving, wish)
      if (refusal) return refusal
    }
    const known = Object.keys(game.combatant).length
    if (known + arriving.rows.length > combatantsMax)
      return { refused: 'conflict', detail: `A fight has at most ${combatantsMax} combatants` }
    const fight = combatOf(game) ? [] : [toCombatChange(newFight)]
    return { changes: [...fight, ...arriving.changes], lines: arriving.lines, dice }
  },
})

const remove = defineGameCommand('combat.changed', {
  name: 'combat.remove',
  summary: 'Combatants leave the fight; monsters are gone with it',
  payload: z.strictObject({ targets: creatureIds }),
  decide(context, { targets: ids }): Decision | Refusal {
    const stranger = ids.find((id) => !ownOf(context.state.game.combatant, id))
    return stranger === undefined ? departFrom(context, new Set(ids)) : unknownCreature(stranger)
  },
})

const edit = defineGameCommand('combat.changed', {
  name: 'combat.edit',
  summary: 'Another name, alias, initiative, visibility and so on of a combatant',
  payload: z.strictObject({ id: creatureId, changes: combatantEdits }),
  decide: (context, { id, changes }) => editCombatant(context, id, changes),
})

const start = defineGameCommand('combat.changed', {
  name: 'combat.start',
  summary: 'The fight begins: round 1, the turn of the first. Whoever has no initiative rolls, if wished',
  payload: z.strictObject({ roll: z.enum(['all', 'monsters', 'none']).default('monsters') }),
  decide(context, { roll }): Decision | Refusal {
    const { state } = context
    const combat = combatOf(state.game)
    if (combat?.phase === 'running') return { refused: 'conflict', detail: 'A fight is under way already' }
    const all = Object.values(state.game.combatant)
    if (all.length === 0) return { refused: 'conflict', detail: 'Nobody is there to fight' }
    const dice = context.dice()
    const rollers = all.filter(
      ({ initiative, kind }) =>
        initiative === null && roll !== 'none' && (roll === 'all' || kind === 'monster'),
    )
    const rolled = rollInitiative(context, rollers, { dice, how: 'roll' })
    const combatant = { ...state.game.combatant }
    for (const row of rolled.combatants) combatant[row.id] = row
    const ready: Context = {
      ...context,
      dice: () => dice,
      state: { ...state, game: { ...state.game, combatant, combat: { combat: combat ?? newFight } } },
    }
    const first = advance(ready)
    if ('refused' in first) return first
    const rows = rolled.combatants.map((row): Change => toChange('combatant', row))
    const lines = [openLine({ code: 'combat.started', params: {} }), ...rolled.lines, ...first.lines]
    return { changes: [...rows, ...first.changes], lines, dice }
  },
})

const end = defineGameCommand('combat.changed', {
  name: 'combat.end',
  summary: 'The fight is over: monsters go, and what lasted until somebody’s turn is over too',
  payload: z.strictObject({}),
  decide: (context): Decision | Refusal =>
    combatOf(context.state.game) ? endFight(context) : { refused: 'conflict', detail: 'There is no fight' },
})

export const rosterCommands: readonly CommandType[] = [add, remove, edit, start, end]
