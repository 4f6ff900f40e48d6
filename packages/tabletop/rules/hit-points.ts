import type { Edition, HpLabel, Vitals } from '../table/creatures'
import { die, dropToZero, hitPointsOf, wake, withHitPoints } from './life'
import type { CreatureRules, Outcome } from './rules'
import type { Step } from './trace'

/** In 2014 this much exhaustion halves the maximum. */
const halvingExhaustion = 4

/** @returns the most hit points that a creature can have now: at least 0, changes and exhaustion counted */
export function maximumOf(vitals: Vitals, edition: Edition): number {
  const { max, maxChange } = hitPointsOf(vitals)
  const maximum = Math.max(0, max + maxChange)
  const isHalved = edition === '2014' && vitals.exhaustion >= halvingExhaustion
  return isHalved ? Math.floor(maximum / 2) : maximum
}

/** @returns hit points in a word: critical is a quarter or less, bloodied half or less, wounded less than all */
export function hpLabel(vitals: Vitals, edition: Edition): HpLabel {
  const { now } = hitPointsOf(vitals)
  const maximum = maximumOf(vitals, edition)
  if (vitals.life === 'dead') return 'dead'
  if (now === 0) return 'down'
  if (now <= maximum / 4) return 'critical'
  if (now <= maximum / 2) return 'bloodied'
  return now < maximum ? 'wounded' : 'healthy'
}

/**
 * Hit points by the GM's word: no damage, so no checks and no failed saves; 0 and the maximum hold. The dead stay dead:
 * `revive` them.
 */
export function setHitPoints(vitals: Vitals, now: number, rules: CreatureRules): Outcome {
  const before = hitPointsOf(vitals).now
  if (vitals.life === 'dead') return { vitals, steps: [], happened: [] }
  const maximum = maximumOf(vitals, rules.edition)
  const steps: Step[] = [{ step: 'set', rule: 'R-25', from: before, to: now }]
  if (now > maximum) steps.push({ step: 'healing-cap', rule: 'R-25', from: now, to: maximum })
  if (now < 0) steps.push({ step: 'minimum-zero', rule: 'R-10', from: now, to: 0 })
  return { ...reach(vitals, Math.min(Math.max(0, now), maximum), rules), steps }
}

/**
 * Raises the maximum (`by` above 0) or lowers it (below 0); hit points above it are lost. A maximum of 0 kills in 2024
 * . Hit points that come with a raise are healing, and not given here.
 */
export function changeMaximum(vitals: Vitals, by: number, rules: CreatureRules): Outcome {
  const { maxChange } = hitPointsOf(vitals)
  return keepToMaximum(withHitPoints(vitals, { maxChange: maxChange + by }), rules, {
    step: 'maximum',
    rule: 'R-32',
  })
}

/** @returns the creature with no more hit points than its maximum */
export function keepToMaximum(
  vitals: Vitals,
  rules: CreatureRules,
  why: Pick<Step, 'step' | 'rule'>,
): Outcome {
  const { now } = hitPointsOf(vitals)
  const maximum = maximumOf(vitals, rules.edition)
  const steps = [{ ...why, from: now, to: Math.min(now, maximum), params: { maximum } }]
  if (maximum === 0 && rules.edition === '2024') return { ...die(vitals, 'maximum-zero'), steps }
  return { ...(now > maximum ? reach(vitals, maximum, rules) : { vitals, happened: [] }), steps }
}

function reach(vitals: Vitals, now: number, rules: CreatureRules): Omit<Outcome, 'steps'> {
  const before = hitPointsOf(vitals).now
  if (now === before) return { vitals, happened: [] }
  if (now === 0) return dropToZero(vitals, rules)
  const next = withHitPoints(vitals, { now })
  return now > before ? wake(next) : { vitals: next, happened: [] }
}
