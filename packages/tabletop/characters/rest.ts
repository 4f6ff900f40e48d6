import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { tellHappened, tellHitPoints } from '../combat/tell'
import { findCreature } from '../combat/creature'
import { longRest, shortRest, type RestObstacle } from '../rules/rests'
import { toChange } from '../table/changes'
import type { Context, Decision } from '../table/decision'
import type { TableDice } from '../table/table-dice'
import { hitDiceOf } from './derived'
import { findOwn, type OwnCharacter } from './find-character'
import { abilityModifier } from './modifiers'
import { hitDice, type HitDie, type Sheet } from './sheet'

/** A rest. */
export const rest = z.strictObject({
  id: z.string().min(1).max(64),
  kind: z.enum(['short', 'long']),
  hitDice: z
    .array(z.strictObject({ die: z.enum(hitDice), count: z.int().min(1).max(20) }))
    .max(4)
    .default([])
    .describe('Spent in a short rest; they are rolled here'),
  isMaximumRestored: z
    .boolean()
    .exactOptional()
    .describe('A lowered maximum is whole after a long rest; absent: as the edition has it'),
  isFed: z.boolean().default(true).describe('Had food and drink during a long rest'),
})

const obstacles: Readonly<Record<RestObstacle, string>> = {
  dead: 'The dead do not rest',
  'no-hit-points': 'Without a hit point nobody rests',
  'no-hit-dice': 'There are not so many hit dice left',
  'too-soon': 'The last long rest was too short a time ago',
}

/** A character rests. */
export function restCharacter(context: Context, wish: z.infer<typeof rest>): Decision | Refusal {
  const { state } = context
  const found = findOwn(context, wish.id)
  if ('refused' in found) return found
  const creature = findCreature(state.game, wish.id)
  if (!creature) return { refused: 'not-found', detail: 'There is no such character at this table' }
  const dice = context.dice()
  const outcome =
    wish.kind === 'short' ? restShortly(context, found, { wish, dice }) : restLong(context, found, wish)
  if ('obstacle' in outcome) return { refused: 'conflict', detail: obstacles[outcome.obstacle] }
  const told = { code: 'character.rested', params: { kind: wish.kind }, why: outcome.steps } as const
  return {
    changes: [toChange('vitals', outcome.vitals)],
    lines: [tellHitPoints(creature, told, outcome.vitals), ...tellHappened(creature, outcome.happened)],
    dice,
    drawShownTo: creature.vitals.isHidden ? 'author' : 'everyone',
  }
}

interface Shortly {
  readonly wish: z.infer<typeof rest>
  readonly dice: TableDice
}

function restShortly({ state }: Context, { character, vitals }: OwnCharacter, { wish, dice }: Shortly) {
  const { sheet } = character
  const rolls = wish.hitDice.flatMap(({ die, count }) =>
    Array.from({ length: count }, () => ({ die, face: dice.die(sidesOf(die)) })),
  )
  const conModifier = abilityModifier(sheet.abilities.con)
  const known = { hitDice: hitDiceOf(sheet), resources: resourcesOf(sheet, ['short']) }
  return shortRest(vitals, { ...known, rolls, conModifier }, state.edition)
}

function restLong({ state }: Context, { character, vitals }: OwnCharacter, wish: z.infer<typeof rest>) {
  const { sheet } = character
  const known = { hitDice: hitDiceOf(sheet), resources: resourcesOf(sheet, ['short', 'long']) }
  const { isFed, isMaximumRestored } = wish
  const maximum = isMaximumRestored === undefined ? {} : { isMaximumRestored }
  return longRest(vitals, { ...known, ...maximum, isFed }, state.edition)
}

function resourcesOf({ resources }: Sheet, rests: readonly string[]): readonly string[] {
  return resources.filter(({ per }) => rests.includes(per)).map(({ id }) => id)
}

function sidesOf(die: HitDie): number {
  return Number(die.slice(1))
}
