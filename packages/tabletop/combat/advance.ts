import type { Refusal } from '@innkeeper/rooms/room-type'
import { expire, type Moment } from '../rules/conditions'
import { isDeathSaveDue } from '../rules/death'
import type { Outcome } from '../rules/rules'
import { afterOwnTurn, rechargeRoll, regainAtTurnStart } from '../rules/turns'
import { toChange, type Change } from '../table/changes'
import type { Combatant } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import { gmLine, openLine, type Line } from '../table/log-lines'
import type { TableDice } from '../table/table-dice'
import { conclude, type Concluded } from './conclude'
import { findCreature } from './creature'
import { ownOf } from '../table/own-of'
import { inOrder, stopsAfter, takesTurns, type Stop } from './order'
import { tellDeathSave } from './tell'
import { tellRow } from './tell-row'
import { atTurn, combatOf, realTurn, toCombatChange } from './the-fight'

/** The refusal where no turn can come to anybody. */
const nobodyActs: Refusal = { refused: 'conflict', detail: 'There is nobody to whom a turn could come' }

/** From one turn to the next: whose ends, whom the fight passes on its way, whose begins. */
interface TurnStep {
  readonly ended: Stop | undefined
  readonly passed: readonly Stop[]
  readonly begun: Stop
}

/** One turn ends and the next begins: what lasts until then is over, and what comes back comes back. */
export function advance(context: Context): Decision | Refusal {
  const { game } = context.state
  const combat = combatOf(game)
  const step = nextStep(context)
  if (!combat || !step) return nobodyActs
  const dice = context.dice()
  const { ended, begun } = step
  const expired = expireUntil(context, step)
  const isOwnAgain = ended?.combatant.id === begun.combatant.id
  const { combatant, lines: regained } = beginTurn(
    isOwnAgain ? afterOwnTurn(begun.combatant) : begun.combatant,
    dice,
  )
  const after = atTurn(combat, begun.round, combatant)
  const changes: Change[] = [...expired.changes, toChange('combatant', combatant), toCombatChange(after)]
  if (ended && !isOwnAgain) changes.push(toChange('combatant', afterOwnTurn(ended.combatant)))
  return {
    changes,
    lines: [
      ...expired.lines,
      // The round of a hidden turn is told with the first turn that everyone sees.
      ...(after.round === combat.round
        ? []
        : [openLine({ code: 'round.began', params: { round: after.round } })]),
      tellRow(combatant, { code: 'turn.began', params: { round: begun.round } }),
      ...regained,
      ...deathSaveDue(context, combatant),
    ],
    dice,
    // Whoever ends a turn does not see what the next one rolls to recharge.
    drawShownTo: 'gm',
  }
}

function nextStep({ state: { game } }: Context): TurnStep | null {
  const place = realTurn(combatOf(game))
  const stops = stopsAfter(inOrder(game.combatant), place)
  const at = stops.findIndex(({ combatant }) => takesTurns(combatant, ownOf(game.vitals, combatant.id)))
  const begun = stops[at]
  if (!begun) return null
  const current = place.turn === null ? undefined : ownOf(game.combatant, place.turn)
  return {
    ended: current && { combatant: current, round: place.round },
    passed: stops.slice(0, at),
    begun,
  }
}

/** What ends by itself between two turns. Whom the fight passes, their turn came and went. */
function expireUntil(
  context: Context,
  { ended, passed, begun }: TurnStep,
): Pick<Decision, 'changes' | 'lines'> {
  const { game } = context.state
  const moments = [
    ...[...(ended ? [ended] : []), ...passed].map((stop) => momentOf('end', stop)),
    momentOf('start', begun),
  ]
  const results = Object.values(game.vitals).flatMap((vitals): readonly Concluded[] => {
    const outcome = moments.reduce(
      (before: Outcome, moment) => {
        const next = expire(before.vitals, moment)
        return { ...next, happened: [...before.happened, ...next.happened] }
      },
      { vitals, steps: [], happened: [] },
    )
    const creature = outcome.vitals === vitals ? undefined : findCreature(game, vitals.id)
    return creature ? [{ creature, outcome }] : []
  })
  return conclude(context, results)
}

function momentOf(moment: Moment['moment'], { combatant, round }: Stop): Moment {
  return { moment, of: combatant.id, round }
}

/** At the start of its turn a combatant regains what comes back, and rolls for what may. */
function beginTurn(
  combatant: Combatant,
  dice: TableDice,
): { readonly combatant: Combatant; readonly lines: readonly Line[] } {
  const status = combatant.status === 'readied' ? 'active' : combatant.status
  const begun: Combatant = { ...regainAtTurnStart(combatant), status }
  const { stats, name } = begun
  if (!stats) return { combatant: begun, lines: [] }
  const lines: Line[] = []
  const recharges = stats.recharges.map((recharge) => {
    if (recharge.isReady) return recharge
    const face = dice.die(6)
    const after = rechargeRoll(recharge, face)
    const { isReady } = after
    lines.push(gmLine({ code: 'recharged', params: { name, ability: recharge.name, face, isReady } }))
    return after
  })
  return { combatant: { ...begun, stats: { ...stats, recharges } }, lines }
}

function deathSaveDue({ state: { game } }: Context, { id }: Combatant): readonly Line[] {
  const creature = findCreature(game, id)
  if (!creature || !isDeathSaveDue(creature.vitals)) return []
  return [tellDeathSave(creature, { result: 'due' })]
}
