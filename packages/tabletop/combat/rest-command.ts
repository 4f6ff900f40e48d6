import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { longRest, shortRest } from '../rules/rests'
import { rechargeAtRest } from '../rules/turns'
import { toChange, type Change } from '../table/changes'
import type { CombatantStats, Counter, Vitals } from '../table/creatures'
import { defineGameCommand, type CommandType, type Context, type Decision } from '../table/decision'
import { conclude, type Concluded } from './conclude'
import { commanded } from './creature'
import { ownOf } from '../table/own-of'
import { creatureIds } from './payloads'

/** What a monster has to spend in a rest, and to get back. */
const nothingCounted = { hitDice: {}, resources: [] } as const

const restCommand = defineGameCommand('combat.changed', {
  name: 'combat.rest',
  summary:
    'Monsters rest: what recharges is ready; a long rest heals them, and legendary resistances are back',
  payload: z.strictObject({ targets: creatureIds, kind: z.enum(['short', 'long']) }),
  decide(context, { targets: ids, kind }): Decision | Refusal {
    const { state, by } = context
    const found = commanded(state.game, by, ids)
    if ('refused' in found) return found
    const rows: Change[] = []
    const results: Concluded[] = []
    for (const creature of found.creatures) {
      const row = ownOf(state.game.combatant, creature.id)
      if (!row?.stats) return refused(creature.id, 'A character rests by its sheet')
      const outcome = rested(context, creature.vitals, kind)
      if ('obstacle' in outcome) return refused(creature.id, 'It cannot rest as it is')
      const told = { code: 'character.rested', params: { kind }, why: outcome.steps } as const
      results.push({ creature, outcome, told })
      rows.push(toChange('combatant', { ...row, stats: statsAfter(row.stats, kind) }))
    }
    const { changes, lines } = conclude(context, results)
    return { changes: [...rows, ...changes], lines }
  },
})

export const restCommands: readonly CommandType[] = [restCommand]

function rested({ state: { edition } }: Context, vitals: Vitals, kind: 'short' | 'long') {
  return kind === 'long'
    ? longRest(vitals, { ...nothingCounted, isFed: true }, edition)
    : shortRest(vitals, { ...nothingCounted, rolls: [], conModifier: 0 }, edition)
}

/** Legendary resistances are for the day. */
function statsAfter(stats: CombatantStats, kind: 'short' | 'long'): CombatantStats {
  const ready = rechargeAtRest(stats)
  if (kind === 'short') return ready
  return {
    ...ready,
    legendaryActions: unused(ready.legendaryActions),
    legendaryResistances: unused(ready.legendaryResistances),
  }
}

function unused(counter: Counter | null): Counter | null {
  return counter && { ...counter, used: 0 }
}

function refused(id: string, detail: string): Refusal {
  return { refused: 'conflict', detail, extras: { entity: id } }
}
