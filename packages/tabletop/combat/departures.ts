import { endGrapplesBy, expireAll } from '../rules/conditions'
import type { Outcome } from '../rules/rules'
import { applyChanges, toChange, type Change } from '../table/changes'
import type { AppliedCondition, Combat, Combatant, Vitals } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import { openLine } from '../table/log-lines'
import { advance } from './advance'
import { conclude } from './conclude'
import { findCreature } from './creature'
import { inOrder, stopsAfter } from './order'
import { tellRow } from './tell-row'
import { combatOf, realTurn, toCombatChange } from './the-fight'

/** Combatants leave. Where it is their turn, the fight goes on with whoever is next. */
export function departFrom(context: Context, ids: ReadonlySet<string>): Decision {
  const { game } = context.state
  const order = inOrder(game.combatant)
  const gone = order.filter(({ id }) => ids.has(id))
  const left = leaveBehind(context, gone, (vitals) => passedOn(vitals, { order, ids }))
  const dismounted = order
    .filter(({ rider }) => rider !== null && ids.has(rider))
    .map((mount): Change => toChange('combatant', { ...mount, rider: null }))
  const changes = [...left.changes, ...dismounted, ...gone.flatMap(leaving)]
  const lines = [...gone.map((row) => tellRow(row, { code: 'combatant.left' })), ...left.lines]
  const combat = combatOf(game)
  const { turn } = realTurn(combat)
  if (!combat || turn === null || !ids.has(turn))
    return { changes: [...changes, ...(combat ? [pointingAtNone(combat, ids)] : [])], lines }
  const next = advance(withAllOut(context, { gone, changes }))
  if ('refused' in next) return { changes: [...changes, pointingAtNone(combat, ids)], lines }
  const after = combatOf(applyChanges(game, next.changes)) ?? combat
  return {
    ...next,
    changes: [...next.changes, ...changes, pointingAtNone(after, ids)],
    lines: [...lines, ...next.lines],
  }
}

/** All combatants leave, and what would have ended with a turn ends now. */
export function endFight(context: Context): Decision {
  const gone = Object.values(context.state.game.combatant)
  const left = leaveBehind(context, gone, expireAll)
  return {
    changes: [...left.changes, ...gone.flatMap(leaving), toCombatChange(null)],
    lines: [openLine({ code: 'combat.ended', params: {} }), ...left.lines],
  }
}

function leaving({ id, kind }: Combatant): readonly Change[] {
  const row: Change = { kind: 'combatant', id, value: null }
  return kind === 'monster' ? [row, { kind: 'vitals', id, value: null }] : [row]
}

/** What becomes of the creatures that are still there: monsters that are gone hold nobody. */
function leaveBehind(
  context: Context,
  gone: readonly Combatant[],
  decide: (vitals: Vitals) => Outcome,
): Pick<Decision, 'changes' | 'lines'> {
  const { game } = context.state
  const monsters = gone.filter(({ kind }) => kind === 'monster').map(({ id }) => id)
  const results = Object.values(game.vitals).flatMap((vitals) => {
    const creature = monsters.includes(vitals.id) ? undefined : findCreature(game, vitals.id)
    if (!creature) return []
    const outcome = monsters.reduce((before: Outcome, id) => {
      const next = endGrapplesBy(before.vitals, id)
      return { ...next, happened: [...before.happened, ...next.happened] }
    }, decide(vitals))
    return outcome.vitals === vitals ? [] : [{ creature, outcome }]
  })
  return conclude(context, results)
}

interface Leaving {
  readonly order: readonly Combatant[]
  readonly ids: ReadonlySet<string>
}

/** What would have ended with the turn of somebody who leaves ends where the next turn behind it begins. */
function passedOn(vitals: Vitals, { order, ids }: Leaving): Outcome {
  const conditions = vitals.conditions.map((applied): AppliedCondition => {
    const { until, isOpen, ...rest } = applied
    if (!until || !ids.has(until.of)) return applied
    const heir = stopsAfter(order, { round: until.round, turn: until.of }).find(
      ({ combatant }) => !ids.has(combatant.id),
    )
    if (!heir) return applied
    const { combatant, round } = heir
    return {
      ...rest,
      ...(isOpen && !combatant.isHidden ? { isOpen } : {}),
      until: { moment: 'start', of: combatant.id, round },
    }
  })
  const isSame = conditions.every((applied, index) => applied === vitals.conditions[index])
  return { vitals: isSame ? vitals : { ...vitals, conditions }, steps: [], happened: [] }
}

/** The table without those who leave, but with their places: the next turn is found from there. */
function withAllOut(
  context: Context,
  { gone, changes }: { readonly gone: readonly Combatant[]; readonly changes: readonly Change[] },
): Context {
  const { state } = context
  const out = gone.map((row): Change => toChange('combatant', { ...row, status: 'out' }))
  return { ...context, state: { ...state, game: applyChanges(state.game, [...changes, ...out]) } }
}

/** No turn goes on for somebody who is not there. */
function pointingAtNone(combat: Combat, ids: ReadonlySet<string>): Change {
  const kept = (turn: string | null) => (turn !== null && ids.has(turn) ? null : turn)
  const { turn, real } = combat
  return toCombatChange({ ...combat, turn: kept(turn), real: real && { ...real, turn: kept(real.turn) } })
}
