import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { mayReact } from '../rules/turns'
import { toChange, type Change } from '../table/changes'
import type { Combat, Combatant } from '../table/creatures'
import { defineGameCommand, type CommandType, type Context, type Decision } from '../table/decision'
import { advance } from './advance'
import { commandedRow } from './creature'
import { ownOf } from '../table/own-of'
import { inOrder, putAt, stopsBefore, takesTurns } from './order'
import { creatureId, noteText } from './payloads'
import { tellRow } from './tell-row'
import { atTurn, combatOf, realTurn, toCombatChange } from './the-fight'

const nothing = z.strictObject({})

const next = defineGameCommand('combat.changed', {
  name: 'combat.next',
  summary: 'The turn of whoever is next',
  payload: nothing,
  decide: (context) => (running(context) ? advance(context) : notRunning),
})

const previous = defineGameCommand('combat.changed', {
  name: 'combat.previous',
  summary: 'Back to the turn before. What ended meanwhile stays ended: undo brings that back',
  payload: nothing,
  decide(context): Decision | Refusal {
    const { game } = context.state
    const combat = running(context)
    if (!combat) return notRunning
    const before = stopsBefore(inOrder(game.combatant), realTurn(combat)).find(({ combatant }) =>
      takesTurns(combatant, ownOf(game.vitals, combatant.id)),
    )
    if (!before || before.round < 1) return { refused: 'conflict', detail: 'This is the first turn' }
    const { combatant, round } = before
    return {
      changes: [toCombatChange(atTurn(combat, round, combatant))],
      lines: [tellRow(combatant, { code: 'turn.back', params: { round } })],
    }
  },
})

const endTurn = defineGameCommand('combat.changed', {
  name: 'combat.end-turn',
  summary: 'A player’s own turn is over',
  forPlayers: true,
  payload: nothing,
  decide(context): Decision | Refusal {
    const { state, by } = context
    const { turn } = realTurn(running(context))
    const current = turn === null ? undefined : ownOf(state.game.combatant, turn)
    if (by.role !== 'gm' && current?.owner !== by.uuid)
      return { refused: 'not-allowed', detail: 'It is not your turn' }
    return current ? advance(context) : notRunning
  },
})

const delay = defineGameCommand('combat.changed', {
  name: 'combat.delay',
  summary: 'A combatant waits: no turn comes to it until it returns',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId }),
  decide(context, { id }): Decision | Refusal {
    const waiting = waits(context, id, 'delayed')
    if ('refused' in waiting) return waiting
    const waited: Decision = {
      changes: [toChange('combatant', waiting)],
      lines: [tellRow(waiting, { code: 'combatant.delayed' })],
    }
    if (realTurn(combatOf(context.state.game)).turn !== id) return waited
    // Who waits on their own turn ends it.
    const advanced = advance(withRow(context, waiting))
    if ('refused' in advanced) return advanced
    return {
      ...advanced,
      changes: [...waited.changes, ...advanced.changes],
      lines: [...waited.lines, ...advanced.lines],
    }
  },
})

const ready = defineGameCommand('combat.changed', {
  name: 'combat.ready',
  summary: 'A combatant has readied an action; it keeps its place',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, trigger: noteText.optional() }),
  decide(context, { id, trigger }): Decision | Refusal {
    const waiting = waits(context, id, 'readied')
    if ('refused' in waiting) return waiting
    const params = trigger === undefined ? {} : { trigger }
    return {
      changes: [toChange('combatant', waiting)],
      lines: [tellRow(waiting, { code: 'combatant.readied', params })],
    }
  },
})

const comeBack = defineGameCommand('combat.changed', {
  name: 'combat.return',
  summary:
    'Who delayed comes back right behind the turn under way, and keeps that place; who readied an action takes it, as a reaction',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId }),
  decide(context, { id }): Decision | Refusal {
    const waiting = commandedRow(context, id)
    if ('refused' in waiting) return waiting
    switch (waiting.status) {
      case 'delayed':
        return returnNow(context, waiting)
      case 'readied':
        return actAsReadied(context, waiting)
      case 'active':
      case 'out':
        return { refused: 'conflict', detail: 'It does not wait' }
    }
  },
})

export const turnCommands: readonly CommandType[] = [next, previous, endTurn, delay, ready, comeBack]

const notRunning: Refusal = { refused: 'conflict', detail: 'No fight is under way' }

function running({ state }: Context): Combat | undefined {
  const combat = combatOf(state.game)
  return combat?.phase === 'running' ? combat : undefined
}

function waits(context: Context, id: string, status: 'delayed' | 'readied'): Combatant | Refusal {
  const row = commandedRow(context, id)
  if ('refused' in row) return row
  if (row.status === 'out') return { refused: 'conflict', detail: 'It is out of the fight' }
  return { ...row, status }
}

function withRow(context: Context, row: Combatant): Context {
  const { state } = context
  const combatant = { ...state.game.combatant, [row.id]: row }
  return { ...context, state: { ...state, game: { ...state.game, combatant } } }
}

function returnNow({ state: { game } }: Context, waiting: Combatant): Decision {
  const { turn } = realTurn(combatOf(game))
  const current = turn === null ? undefined : ownOf(game.combatant, turn)
  const back: Combatant = {
    ...waiting,
    status: 'active',
    initiative: current?.initiative ?? waiting.initiative,
  }
  const others = inOrder(game.combatant).filter(({ id }) => id !== back.id)
  const at = others.findIndex(({ id }) => id === turn) + 1
  const rows = current && current.id !== back.id ? putAt({ rows: [back], others, at }) : [back]
  return {
    changes: rows.map((row): Change => toChange('combatant', row)),
    lines: [tellRow(back, { code: 'combatant.returned' })],
  }
}

/** The GM may let it act although the rules would not. */
function actAsReadied({ state: { game, edition }, by }: Context, waiting: Combatant): Decision | Refusal {
  const vitals = ownOf(game.vitals, waiting.id)
  if (by.role !== 'gm' && !(vitals && mayReact({ combatant: waiting, vitals }, edition)))
    return { refused: 'conflict', detail: 'It cannot take a reaction now' }
  return {
    changes: [toChange('combatant', { ...waiting, status: 'active', isReactionUsed: true })],
    lines: [tellRow(waiting, { code: 'reaction.used' })],
  }
}
