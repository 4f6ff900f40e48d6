import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { mayActLegendary, mayReact } from '../rules/turns'
import { toChange } from '../table/changes'
import type { Combatant, CombatantStats, Counter } from '../table/creatures'
import { defineGameCommand, type CommandType, type Context, type Decision } from '../table/decision'
import { gmLine } from '../table/log-lines'
import { commandedRow, unknownCreature } from './creature'
import { ownOf } from '../table/own-of'
import { creatureId } from './payloads'
import { tellRow } from './tell-row'
import { combatOf, realTurn } from './the-fight'

const isForced = z
  .boolean()
  .default(false)
  .describe('The GM’s word against the rules: it may although it could not')

const reaction = defineGameCommand('combat.changed', {
  name: 'combat.reaction',
  summary: 'A reaction is used, or given back',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, isUsed: z.boolean().default(true), isForced }),
  decide(context, { id, isUsed, isForced: isAsked }): Decision | Refusal {
    const combatant = commandedRow(context, id)
    if ('refused' in combatant) return combatant
    const { game, edition } = context.state
    const vitals = ownOf(game.vitals, id)
    const isOverruled = isAsked && context.by.role === 'gm'
    if (isUsed && !isOverruled && !(vitals && mayReact({ combatant, vitals }, edition)))
      return { refused: 'conflict', detail: 'It cannot take a reaction now', extras: { mayForce: true } }
    const lines = isUsed ? [tellRow(combatant, { code: 'reaction.used' })] : []
    return { changes: [toChange('combatant', { ...combatant, isReactionUsed: isUsed })], lines }
  },
})

const use = defineGameCommand('combat.changed', {
  name: 'combat.use',
  summary: 'Legendary actions or resistances are used, or given back with a number below 0',
  payload: z.strictObject({
    id: creatureId,
    counter: z.enum(['legendaryActions', 'legendaryResistances']),
    count: z
      .int()
      .min(-9)
      .max(9)
      .refine((count) => count !== 0, 'Expected another number than 0')
      .default(1),
    isForced,
  }),
  decide(context, { id, counter: name, count, isForced: isAsked }): Decision | Refusal {
    return onStats(context, id, (stats, combatant) => {
      const counter = stats[name]
      if (!counter) return { refused: 'conflict', detail: 'It has none of these' }
      const used = counter.used + count
      if (used < 0 || used > counter.max)
        return { refused: 'conflict', detail: `Used: ${counter.used} of ${counter.max}` }
      if (name === 'legendaryActions' && count > 0 && !isAsked && !isLegendaryMoment(context, combatant))
        return {
          refused: 'conflict',
          detail: 'It cannot take a legendary action now',
          extras: { mayForce: true },
        }
      return {
        stats: { ...stats, [name]: { ...counter, used } satisfies Counter },
        line: gmLine({
          code: count > 0 ? 'counter.used' : 'counter.regained',
          params: { name: combatant.name, counter: name, count: Math.abs(count) },
        }),
      }
    })
  },
})

/** The turn that is shown is the one that is about to end. */
function isLegendaryMoment({ state: { game, edition } }: Context, combatant: Combatant): boolean {
  const vitals = ownOf(game.vitals, combatant.id)
  const { turn } = realTurn(combatOf(game))
  return vitals !== undefined && mayActLegendary({ combatant, vitals }, turn ?? '', edition)
}

const recharge = defineGameCommand('combat.changed', {
  name: 'combat.recharge',
  summary: 'An ability that recharges is used, or ready again',
  payload: z.strictObject({ id: creatureId, ability: z.string().max(120), isReady: z.boolean() }),
  decide(context, { id, ability, isReady }): Decision | Refusal {
    return onStats(context, id, (stats, combatant) => {
      if (!stats.recharges.some(({ name }) => name === ability))
        return { refused: 'conflict', detail: 'It has no such ability' }
      const recharges = stats.recharges.map((known) =>
        known.name === ability ? { ...known, isReady } : known,
      )
      return {
        stats: { ...stats, recharges },
        line: gmLine({ code: 'recharged', params: { name: combatant.name, ability, isReady } }),
      }
    })
  },
})

export const counterCommands: readonly CommandType[] = [reaction, use, recharge]

function onStats(
  { state: { game } }: Context,
  id: string,
  decide: (
    stats: CombatantStats,
    combatant: Combatant,
  ) => { readonly stats: CombatantStats; readonly line: Decision['lines'][number] } | Refusal,
): Decision | Refusal {
  const combatant = ownOf(game.combatant, id)
  if (!combatant?.stats) return unknownCreature(id)
  const decided = decide(combatant.stats, combatant)
  if ('refused' in decided) return decided
  return { changes: [toChange('combatant', { ...combatant, stats: decided.stats })], lines: [decided.line] }
}
