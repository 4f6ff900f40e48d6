import type { Edition } from '../table/creatures'
import type { Effect } from './effect'

/** The level that kills, in both editions. */
export const deadlyExhaustion = 6

const rule = 'R-60'
const from = 'exhaustion'

/** 2014: each level adds to those before it. */
const levels2014: readonly (readonly Effect[])[] = [
  [{ rule, from, effect: 'disadvantage', on: 'check' }],
  [{ rule, from, effect: 'speed-half' }],
  [
    { rule, from, effect: 'disadvantage', on: 'attack' },
    { rule, from, effect: 'disadvantage', on: 'save' },
  ],
  [{ rule, from, effect: 'maximum-half' }],
  [{ rule, from, effect: 'speed-zero' }],
  [{ rule, from, effect: 'hindered', by: 'dead' }],
]

/** @returns what a level of exhaustion means, from 0 to 6 */
export function exhaustionEffects(level: number, edition: Edition): readonly Effect[] {
  if (edition === '2014') return levels2014.slice(0, level).flat()
  if (level === 0) return []
  return [
    { rule, from, effect: 'd20-penalty', amount: exhaustionPenalty(level, edition) },
    { rule, from, effect: 'speed-less', feet: 5 * level },
    ...(level < deadlyExhaustion ? [] : [{ rule, from, effect: 'hindered', by: 'dead' } as const]),
  ]
}

/** @returns what exhaustion takes off every d20: twice the level in 2024, nothing in 2014 */
export function exhaustionPenalty(level: number, edition: Edition): number {
  return edition === '2024' ? 2 * level : 0
}
