import type { Refusal } from '@innkeeper/rooms/room-type'
import { endGrapplesBy, isIncapacitated } from '../rules/conditions'
import type { Outcome } from '../rules/rules'
import { toChange, type Change } from '../table/changes'
import type { Vitals } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import type { Line } from '../table/log-lines'
import type { TableDice } from '../table/table-dice'
import { commanded, findCreature, type Creature } from './creature'
import { tellHappened, tellHitPoints, type Told } from './tell'

/** What a command made of one creature. `told`: its line about hit points, where it has one. */
export interface Result {
  readonly outcome: Outcome
  readonly told?: Told
}

interface Whom {
  readonly ids: readonly string[]
  readonly dice?: TableDice
}

/** Decides for each creature that the command names. One that is refused refuses the whole of it. */
export function forEach(
  context: Context,
  { ids, dice }: Whom,
  decide: (creature: Creature) => Result | Refusal,
): Decision | Refusal {
  const { state, by } = context
  const found = commanded(state.game, by, ids)
  if ('refused' in found) return found
  const results: Concluded[] = []
  for (const creature of found.creatures) {
    const result = decide(creature)
    if ('refused' in result) return result
    results.push({ creature, ...result })
  }
  const isOpen = by.role !== 'gm' && found.creatures.every(({ vitals }) => !vitals.isHidden)
  return {
    ...conclude(context, results),
    drawShownTo: isOpen ? 'everyone' : 'author',
    ...(dice ? { dice } : {}),
  }
}

/** A creature and what became of it. */
export interface Concluded extends Result {
  readonly creature: Creature
}

/** @returns the changes and lines of what became of creatures, and of those whom they held */
export function conclude(
  context: Context,
  results: readonly Concluded[],
): Pick<Decision, 'changes' | 'lines'> {
  const lines = results.flatMap(({ creature, outcome, told }): readonly Line[] => [
    ...(told ? [tellHitPoints(creature, told, outcome.vitals)] : []),
    ...tellHappened(creature, outcome.happened),
  ])
  const after = new Map(results.map(({ outcome }) => [outcome.vitals.id, outcome.vitals]))
  const freed = freedFromGrapples(context, after)
  return {
    changes: [
      ...Array.from(after.values(), (vitals): Change => toChange('vitals', vitals)),
      ...freed.map(({ outcome }): Change => toChange('vitals', outcome.vitals)),
    ],
    lines: [...lines, ...freed.flatMap(({ creature, outcome }) => tellHappened(creature, outcome.happened))],
  }
}

/** Whoever can do nothing any more holds nobody. */
function freedFromGrapples(
  { state: { game } }: Context,
  after: ReadonlyMap<string, Vitals>,
): readonly Concluded[] {
  const limp = [...after.values()].filter((vitals) => vitals.life === 'dead' || isIncapacitated(vitals))
  if (limp.length === 0) return []
  const freed: Concluded[] = []
  for (const known of Object.values(game.vitals)) {
    const vitals = after.get(known.id) ?? known
    const outcome = limp.reduce(
      (before: Outcome, { id }) => {
        const next = endGrapplesBy(before.vitals, id)
        return { ...next, happened: [...before.happened, ...next.happened] }
      },
      { vitals, steps: [], happened: [] },
    )
    const creature = outcome.vitals === vitals ? undefined : findCreature(game, known.id)
    if (creature) freed.push({ creature, outcome })
  }
  return freed
}
