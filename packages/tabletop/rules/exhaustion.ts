import type { Vitals } from '../table/creatures'
import { deadlyExhaustion } from './exhaustion-effects'
import { keepToMaximum } from './hit-points'
import { die, hitPointsOf } from './life'
import type { CreatureRules, Outcome } from './rules'

/**
 * Sets exhaustion, kept between 0 and 6; the sixth level kills, and in 2014 the fourth halves the maximum. The
 * steps lead from the hit points of before to those of now.
 */
export function setExhaustion(vitals: Vitals, level: number, rules: CreatureRules): Outcome {
  const from = vitals.exhaustion
  const to = Math.min(Math.max(0, level), deadlyExhaustion)
  if (to === from) return { vitals, steps: [], happened: [] }
  const why = { step: 'exhaustion', rule: 'R-60' } as const
  const tired: Vitals = { ...vitals, exhaustion: to }
  const next =
    to === deadlyExhaustion
      ? {
          ...die(tired, 'exhaustion'),
          steps: [{ ...why, from: hitPointsOf(vitals).now, to: 0, params: { level: to } }],
        }
      : keepToMaximum(tired, rules, why)
  return { ...next, happened: [{ code: 'exhaustion-changed', from, to }, ...next.happened] }
}
