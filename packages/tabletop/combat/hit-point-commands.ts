import { z } from 'zod'
import { takeDamage } from '../rules/damage'
import { giveTemporaryHp, heal, temporaryChoices } from '../rules/healing'
import { changeMaximum, setHitPoints } from '../rules/hit-points'
import type { Hit } from '../rules/rules'
import { materials } from '../table/creatures'
import { defineGameCommand, type CommandType, type Context } from '../table/decision'
import { rollAmount, rollParts } from './amounts'
import { forEach, type Result } from './conclude'
import type { Creature } from './creature'
import { amountOrDice, creatureId, creatureIds, damageParts, targets } from './payloads'
import { rulesFor } from './rules-for'

const damage = defineGameCommand('combat.changed', {
  name: 'combat.damage',
  summary: 'Damage to one or several creatures, rolled once for all of them',
  forPlayers: true,
  payload: z
    .strictObject({
      targets,
      amount: amountOrDice.optional(),
      parts: damageParts.optional(),
      isMagical: z.boolean().exactOptional(),
      material: z.enum(materials).exactOptional().describe('What the weapon is made of'),
      isCritical: z
        .boolean()
        .exactOptional()
        .describe('Counts double against death saves; double the dice yourself'),
      knockOut: z.boolean().exactOptional().describe('A melee attack that should not kill'),
    })
    .refine(
      (given) => (given.amount === undefined) !== (given.parts === undefined),
      'Expected amount or parts',
    ),
  decide(context, { targets: hit, amount, parts: given, ...weapon }) {
    const dice = context.dice()
    const rolled = given ? { parts: given } : rollParts(amount ?? 0, dice)
    if ('refused' in rolled) return rolled
    const met = new Map(hit.map(({ id, ...howFar }) => [id, howFar]))
    return forEach(context, { ids: [...met.keys()], dice }, (creature) =>
      hurt(context, creature, { parts: rolled.parts, ...weapon, ...met.get(creature.id) }),
    )
  },
})

function hurt(context: Context, creature: Creature, hit: Hit): Result {
  const { vitals, stats } = creature
  const target = { vitals, defences: stats.defences, diesAtZero: stats.diesAtZero }
  const outcome = takeDamage(target, hit, rulesFor(context, creature))
  const types = [...new Set(hit.parts.flatMap(({ type }) => type ?? []))]
  const params = { amount: outcome.dealt, types }
  return { outcome, told: { code: 'damage', params, why: outcome.steps } }
}

const healing = defineGameCommand('combat.changed', {
  name: 'combat.heal',
  summary: 'Hit points back',
  forPlayers: true,
  payload: z.strictObject({ targets: creatureIds, amount: amountOrDice }),
  decide(context, { targets: ids, amount }) {
    const dice = context.dice()
    const rolled = rollAmount(amount, dice)
    if ('refused' in rolled) return rolled
    return forEach(context, { ids, dice }, ({ vitals }) => {
      const outcome = heal(vitals, rolled.total, context.state.edition)
      return { outcome, told: { code: 'healing', params: { amount: outcome.healed }, why: outcome.steps } }
    })
  },
})

const temporary = defineGameCommand('combat.changed', {
  name: 'combat.temporary-hp',
  summary: 'Temporary hit points, which never add up: the larger, the old or the new ones count',
  forPlayers: true,
  payload: z.strictObject({
    targets: creatureIds,
    amount: amountOrDice,
    choice: z.enum(temporaryChoices).default('larger'),
  }),
  decide(context, { targets: ids, amount, choice }) {
    const dice = context.dice()
    const rolled = rollAmount(amount, dice)
    if ('refused' in rolled) return rolled
    return forEach(context, { ids, dice }, ({ vitals }) => {
      const outcome = giveTemporaryHp(vitals, rolled.total, choice)
      const params = { amount: outcome.vitals.hitPoints?.temporary ?? 0 }
      return { outcome, told: { code: 'temporary-hp', params, why: outcome.steps } }
    })
  },
})

const set = defineGameCommand('combat.changed', {
  name: 'combat.set-hp',
  summary: 'Hit points as they should be, by hand',
  forPlayers: true,
  payload: z.strictObject({ id: creatureId, now: z.int().min(0).max(9_999) }),
  decide(context, { id, now }) {
    return forEach(context, { ids: [id] }, (creature) => {
      if (creature.vitals.life === 'dead')
        return { refused: 'conflict', detail: 'It is dead: revive it', extras: { entity: id } }
      const outcome = setHitPoints(creature.vitals, now, rulesFor(context, creature))
      const params = { now: outcome.vitals.hitPoints?.now ?? now }
      return { outcome, told: { code: 'hp.set', params, why: outcome.steps } }
    })
  },
})

const maximum = defineGameCommand('combat.changed', {
  name: 'combat.maximum',
  summary: 'A higher or a lower maximum of hit points. A long rest makes a lowered one whole in 2024',
  forPlayers: true,
  payload: z.strictObject({ targets: creatureIds, by: z.int().min(-9_999).max(9_999) }),
  decide(context, { targets: ids, by }) {
    return forEach(context, { ids }, (creature) => {
      const outcome = changeMaximum(creature.vitals, by, rulesFor(context, creature))
      return { outcome, told: { code: 'maximum.changed', params: { by }, why: outcome.steps } }
    })
  },
})

export const hitPointCommands: readonly CommandType[] = [damage, healing, temporary, set, maximum]
