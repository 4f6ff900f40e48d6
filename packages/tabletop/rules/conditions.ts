import type { AppliedCondition, Until, Vitals } from '../table/creatures'
import { gainCondition, hasCondition, loseConditions } from './condition-list'
import { setExhaustion } from './exhaustion'
import type { CreatureRules, NewCondition, Outcome } from './rules'

/**
 * Puts a condition on a creature, with those that it brings along; incapacitated ends concentration. The
 * same one may come from several sources, each with an end of its own. Exhaustion goes up by one level instead.
 * Whether the creature is immune is for the caller to ask.
 */
export function addCondition(vitals: Vitals, condition: NewCondition, rules: CreatureRules): Outcome {
  if (condition.condition === 'exhaustion') return setExhaustion(vitals, vitals.exhaustion + 1, rules)
  return { ...gainCondition(vitals, condition, rules), steps: [] }
}

/**
 * Takes one condition off, and those that it brought along; who was unconscious stays prone. What another condition
 * brought along goes with that one alone (but anyone may be helped up), and who is at 0 hit points stays unconscious:
 * with the id of such a one, or of none, nothing changes.
 */
export function removeCondition(vitals: Vitals, id: string): Outcome {
  return lose(vitals, (applied) => applied.id === id)
}

/** A moment in a fight: the start or the end of somebody's turn. */
export type Moment = Until

/** Takes off what lasts until this moment, or until one that has passed unnoticed. */
export function expire(vitals: Vitals, moment: Moment): Outcome {
  return lose(vitals, ({ until }) => until !== undefined && hasCome(until, moment))
}

/** Takes off whatever has an end of its own: for when the fight is over, and no turn comes to end it. */
export function expireAll(vitals: Vitals): Outcome {
  return lose(vitals, ({ until }) => until !== undefined)
}

/** Lets go of what this combatant grapples: for when it is incapacitated, dead, or gone. */
export function endGrapplesBy(vitals: Vitals, source: string): Outcome {
  return lose(vitals, (applied) => applied.condition === 'grappled' && applied.source === source)
}

/** @returns whether the creature can do nothing */
export function isIncapacitated(vitals: Vitals): boolean {
  return hasCondition(vitals, 'incapacitated')
}

function lose(vitals: Vitals, isLost: (applied: AppliedCondition) => boolean): Outcome {
  return {
    ...loseConditions(vitals, (applied) => isLost(applied) && !isBound(vitals, applied)),
    steps: [],
  }
}

function isBound(vitals: Vitals, { condition, endsOnHealing, impliedBy }: AppliedCondition): boolean {
  if (endsOnHealing === true && (vitals.life === 'dying' || vitals.life === 'stable')) return true
  return condition !== 'prone' && vitals.conditions.some(({ id }) => id === impliedBy)
}

/** Within one round a turn's start comes before its end. */
function hasCome(until: Until, now: Moment): boolean {
  if (until.of !== now.of || until.round > now.round) return false
  return until.round < now.round || until.moment === now.moment || now.moment === 'end'
}
