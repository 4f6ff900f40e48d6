import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { answerCheck, beginConcentration, endConcentration } from '../rules/concentration'
import { rollFor } from '../characters/roll-plan'
import { rollingOf, type D20Mode } from '../rules/d20-tests'
import { effectsOf } from '../rules/effects'
import { rollD20 } from './roll-d20'
import type { Line } from '../table/log-lines'
import { addCondition, removeCondition } from '../rules/conditions'
import { deathSave, firstAid, kill, revive, stabilise } from '../rules/death'
import { setExhaustion } from '../rules/exhaustion'
import { defineGameCommand, type CommandType, type Context, type Decision } from '../table/decision'
import { forEach } from './conclude'
import { commanded, type Creature } from './creature'
import { ownOf } from '../table/own-of'
import { conditionName, creatureId, creatureIds, nameText, untilPayload } from './payloads'
import { rulesFor } from './rules-for'
import { tellClosely, tellDeathSave } from './tell'
import { untilOf } from './until'

const addConditionCommand = defineGameCommand('combat.changed', {
  name: 'combat.condition',
  summary: 'A condition on one or several creatures, with those that it brings along',
  forPlayers: true,
  payload: z.strictObject({
    targets: creatureIds,
    condition: conditionName,
    source: creatureId.optional().describe('Who caused it'),
    until: untilPayload.optional(),
    note: nameText.optional(),
  }),
  decide(context, { targets: ids, condition, source, until: wished, note }) {
    const until = wished && untilOf(context.state.game, wished)
    if (until && 'refused' in until) return until
    const found = commanded(context.state.game, context.by, ids)
    if ('refused' in found) return found
    const immune = found.creatures.find(({ stats }) => stats.defences.conditionImmunities.includes(condition))
    if (immune)
      return { refused: 'conflict', detail: 'It is immune to this condition', extras: { entity: immune.id } }
    const isOpen = [source, until?.of].every((other) => !isHidden(context, other))
    return forEach(context, { ids }, (creature) => {
      const applied = {
        id: context.newId(),
        condition,
        ...(source === undefined ? {} : { source }),
        ...(until === undefined ? {} : { until }),
        ...(note === undefined ? {} : { note }),
        ...(isOpen ? { isOpen } : {}),
      }
      return { outcome: addCondition(creature.vitals, applied, rulesFor(context, creature)) }
    })
  },
})

/** Who causes a condition, or ends it with a turn, must not be found out by it. */
function isHidden({ state: { game } }: Context, id: string | undefined): boolean {
  return id !== undefined && ownOf(game.combatant, id)?.isHidden === true
}

const removeConditionCommand = defineGameCommand('combat.changed', {
  name: 'combat.remove-condition',
  summary: 'A condition is over, and those that it brought along',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, condition: z.string().max(64).describe('Id of the condition') }),
  decide: (context, { id, condition }) =>
    forEach(context, { ids: [id] }, ({ vitals }) => {
      const outcome = removeCondition(vitals, condition)
      if (outcome.vitals !== vitals) return { outcome }
      return { refused: 'conflict', detail: 'It has no such condition, or has it from another one' }
    }),
})

const exhaustion = defineGameCommand('combat.changed', {
  name: 'combat.exhaustion',
  summary: 'A level of exhaustion from 0 to 6',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, level: z.int().min(0).max(6) }),
  decide: (context, { id, level }) =>
    forEach(context, { ids: [id] }, (creature) => ({
      outcome: setExhaustion(creature.vitals, level, rulesFor(context, creature)),
    })),
})

const concentrate = defineGameCommand('combat.changed', {
  name: 'combat.concentrate',
  summary: 'Concentration on a spell begins; on another one it ends',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, spell: nameText }),
  decide: (context, { id, spell }) =>
    forEach(context, { ids: [id] }, ({ vitals }) => {
      const outcome = beginConcentration(vitals, spell)
      if (outcome.vitals !== vitals) return { outcome }
      return { refused: 'conflict', detail: 'It cannot concentrate now' }
    }),
})

const stopConcentrating = defineGameCommand('combat.changed', {
  name: 'combat.stop-concentrating',
  summary: 'Concentration ends at will',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId }),
  decide: (context, { id }) =>
    forEach(context, { ids: [id] }, ({ vitals }) => ({ outcome: endConcentration(vitals, 'at-will') })),
})

const check = defineGameCommand('combat.changed', {
  name: 'combat.concentration-check',
  summary: 'The answer to a concentration check: kept, lost, or rolled here with the creature’s save',
  forPlayers: true,
  payload: z.strictObject({
    id: creatureId,
    check: z.string().max(64).describe('Id of the check'),
    isKept: z.boolean().optional().describe('Absent: it is rolled here'),
    advantage: z.enum(['advantage', 'disadvantage']).optional(),
  }),
  decide(context, { id, check: checkId, isKept, advantage }) {
    const found = commanded(context.state.game, context.by, [id])
    if ('refused' in found) return found
    const asked = found.creatures[0]?.vitals.concentrationChecks.find((known) => known.id === checkId)
    if (!asked) return { refused: 'conflict', detail: 'This check is not asked for' }
    if (isKept !== undefined)
      return forEach(context, { ids: [id] }, ({ vitals }) => ({
        outcome: answerCheck(vitals, checkId, isKept),
      }))
    return rollCheck(context, { id, check: asked, advantage })
  },
})

interface RolledCheck {
  readonly id: string
  readonly check: { readonly id: string; readonly dc: number }
  readonly advantage: 'advantage' | 'disadvantage' | undefined
}

function rollCheck(context: Context, { id, check: asked, advantage }: RolledCheck): Decision | Refusal {
  const dice = context.dice()
  const lines: Line[] = []
  const decided = forEach(context, { ids: [id], dice }, (creature) => {
    const save = conSaveOf(context, creature, advantage)
    const face = rollD20(dice, save.mode)
    const total = face + save.modifier
    lines.push(tellClosely(creature, { code: 'concentration.check', params: { dc: asked.dc, face, total } }))
    return { outcome: answerCheck(creature.vitals, asked.id, total >= asked.dc) }
  })
  return 'refused' in decided ? decided : { ...decided, lines: [...lines, ...decided.lines] }
}

/** A character's save is what the sheet says, with all that speaks for it; a monster's is in its stat block. */
function conSaveOf(
  { state: { game, edition } }: Context,
  { id, vitals, stats }: Creature,
  asked: RolledCheck['advantage'],
): { readonly mode: D20Mode; readonly modifier: number } {
  const sheet = ownOf(game.character, id)?.sheet
  const [advantage, disadvantage] = [asked === 'advantage', asked === 'disadvantage']
  const roller = sheet && { sheet, affected: vitals, edition, advantage, disadvantage }
  const plan = roller && rollFor(roller, { kind: 'save', key: 'con' })
  if (plan)
    return {
      mode: plan.advantage.state,
      modifier: plan.parts.reduce((sum, part) => sum + part.amount, 0),
    }
  const { mode, penalty } = rollingOf(
    { kind: 'save', ability: 'con', advantages: Number(advantage), disadvantages: Number(disadvantage) },
    effectsOf(vitals, edition),
  )
  return { mode, modifier: stats.conSave - penalty }
}

const deathSaveCommand = defineGameCommand('combat.changed', {
  name: 'combat.death-save',
  summary: 'A death save of a dying creature: with the face that was rolled, or rolled here',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, face: z.int().min(1).max(20).optional() }),
  decide(context, { id, face: given }) {
    const found = commanded(context.state.game, context.by, [id])
    if ('refused' in found) return found
    const dying = found.creatures.every(({ vitals }) => vitals.life === 'dying')
    if (!dying) return { refused: 'conflict', detail: 'It is not dying' }
    const dice = context.dice()
    const face = given ?? dice.die(20)
    const decided = forEach(context, { ids: [id], dice }, ({ vitals }) => ({
      outcome: deathSave(vitals, face, context.state.edition),
    }))
    if ('refused' in decided) return decided
    const rolled = found.creatures.map((creature) => tellDeathSave(creature, { result: 'rolled', face }))
    return { ...decided, lines: [...rolled, ...decided.lines] }
  },
})

const stabiliseCommand = defineGameCommand('combat.changed', {
  name: 'combat.stabilise',
  summary: 'First aid: with the total of a Medicine check (DC 10), or without a check',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, total: z.int().min(-20).max(100).optional() }),
  decide: (context, { id, total }) =>
    forEach(context, { ids: [id] }, ({ vitals }) => ({
      outcome: total === undefined ? stabilise(vitals) : firstAid(vitals, total),
    })),
})

const reviveCommand = defineGameCommand('combat.changed', {
  name: 'combat.revive',
  summary: 'The dead live again, with so many hit points',
  payload: z.strictObject({ id: creatureId, hp: z.int().min(1).max(9_999).default(1) }),
  decide: (context, { id, hp }) =>
    forEach(context, { ids: [id] }, ({ vitals }) => ({ outcome: revive(vitals, hp, context.state.edition) })),
})

const killCommand = defineGameCommand('combat.changed', {
  name: 'combat.kill',
  summary: 'Dead, whatever the hit points say',
  payload: z.strictObject({ targets: creatureIds }),
  decide: (context, { targets: ids }) =>
    forEach(context, { ids }, ({ vitals }: Creature) => ({ outcome: kill(vitals) })),
})

export const conditionCommands: readonly CommandType[] = [
  addConditionCommand,
  removeConditionCommand,
  exhaustion,
  concentrate,
  stopConcentrating,
  check,
  deathSaveCommand,
  stabiliseCommand,
  reviveCommand,
  killCommand,
]
