import type { Combatant, CombatantStats, Edition, Recharge, Vitals } from '../table/creatures'
import { isIncapacitated } from './conditions'

/** @returns the combatant at the start of its own turn: its reaction and legendary actions are back */
export function regainAtTurnStart(combatant: Combatant): Combatant {
  const { stats } = combatant
  const rested: Combatant = { ...combatant, isReactionUsed: false }
  if (!stats?.legendaryActions) return rested
  return { ...rested, stats: { ...stats, legendaryActions: { ...stats.legendaryActions, used: 0 } } }
}

/** @returns the combatant after its own turn: surprised no longer */
export function afterOwnTurn(combatant: Combatant): Combatant {
  return combatant.isSurprised ? { ...combatant, isSurprised: false } : combatant
}

/** A combatant with its creature, at some moment of a fight. */
export interface Fighter {
  readonly combatant: Combatant
  readonly vitals: Vitals
}

/** @returns whether it can move and act on its turn: not dead, not incapacitated, in 2014 not surprised */
export function mayAct({ combatant, vitals }: Fighter, edition: Edition): boolean {
  const isCaughtOut = edition === '2014' && combatant.isSurprised
  return vitals.life !== 'dead' && !isIncapacitated(vitals) && !isCaughtOut
}

/** @returns whether it has a reaction left and can take it */
export function mayReact(fighter: Fighter, edition: Edition): boolean {
  return !fighter.combatant.isReactionUsed && mayAct(fighter, edition)
}

/**
 * @param turnOf  id of the combatant whose turn has just ended
 * @returns whether it can take a legendary action now: after the turn of another, with one left
 */
export function mayActLegendary(fighter: Fighter, turnOf: string, edition: Edition): boolean {
  const actions = fighter.combatant.stats?.legendaryActions
  if (!actions || actions.used >= actions.max || turnOf === fighter.combatant.id) return false
  return mayAct(fighter, edition)
}

/** @returns the ability after its d6 at the start of the creature's turn; one that is ready stays so */
export function rechargeRoll(recharge: Recharge, face: number): Recharge {
  return face < recharge.from ? recharge : { ...recharge, isReady: true }
}

/** @returns the stat block after a rest: every ability that recharges is ready */
export function rechargeAtRest(stats: CombatantStats): CombatantStats {
  return { ...stats, recharges: stats.recharges.map((recharge) => ({ ...recharge, isReady: true })) }
}
