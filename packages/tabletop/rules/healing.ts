import type { Edition, Vitals } from '../table/creatures'
import { maximumOf } from './hit-points'
import { hitPointsOf, wake, withHitPoints } from './life'
import type { Healed, Outcome } from './rules'
import type { Step } from './trace'

/**
 * Hit points regained: never above the maximum, never by the dead, never temporary ones. Any at all
 * wake a creature that is unconscious at 0 hit points or knocked out.
 */
export function heal(vitals: Vitals, amount: number, edition: Edition): Healed {
  const { now } = hitPointsOf(vitals)
  const room = Math.max(0, maximumOf(vitals, edition) - now)
  const steps: Step[] = [{ step: 'raw', rule: 'R-25', from: 0, to: amount }]
  const limited = vitals.life === 'dead' ? 0 : Math.min(Math.max(0, amount), room)
  if (vitals.life === 'dead') steps.push({ step: 'dead', rule: 'R-26', from: amount, to: 0 })
  else if (amount < 0) steps.push({ step: 'minimum-zero', rule: 'R-10', from: amount, to: 0 })
  else if (amount > room)
    steps.push({ step: 'healing-cap', rule: 'R-25', from: amount, to: room, params: { maximum: now + room } })
  steps.push({ step: 'to-hp', rule: 'R-25', from: limited, to: now + limited, params: { before: now } })
  if (limited === 0) return { vitals, healed: 0, steps, happened: [] }
  return { ...wake(withHitPoints(vitals, { now: now + limited })), healed: limited, steps }
}

/** Which temporary hit points a creature keeps that has some and is given others. */
export const temporaryChoices = ['larger', 'keep', 'replace'] as const
export type TemporaryChoice = (typeof temporaryChoices)[number]

/**
 * Temporary hit points never add up: the creature keeps what it has or takes the new ones. They are not healing
 * and wake nobody. The steps lead from those of before to those of now.
 */
export function giveTemporaryHp(vitals: Vitals, amount: number, choice: TemporaryChoice): Outcome {
  const before = hitPointsOf(vitals).temporary
  const offered = Math.max(0, amount)
  const temporary = { larger: Math.max(before, offered), keep: before, replace: offered }[choice]
  const to = before === 0 ? offered : temporary
  const steps: Step[] = [{ step: 'temp-hp', rule: 'R-21', from: before, to, params: { offered, choice } }]
  return { vitals: to === before ? vitals : withHitPoints(vitals, { temporary: to }), steps, happened: [] }
}
