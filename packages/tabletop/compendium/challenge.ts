import type { Challenge } from './monster'

/** XP of whole ratings from 1. */
const xpByRating = [
  200, 450, 700, 1_100, 1_800, 2_300, 2_900, 3_900, 5_000, 5_900, 7_200, 8_400, 10_000, 11_500, 13_000,
  15_000, 18_000, 20_000, 22_000, 25_000, 33_000, 41_000, 50_000, 62_000, 75_000, 90_000, 105_000, 120_000,
  135_000, 155_000,
]
const fractions = new Map([
  [0.125, { text: '1/8', xp: 25 }],
  [0.25, { text: '1/4', xp: 50 }],
  [0.5, { text: '1/2', xp: 100 }],
])

/**
 * @param rating  0, 1/8, 1/4, 1/2 or a whole number up to 30
 * @param canFight  of rating 0, only what can hurt somebody is worth anything
 */
export function challengeOf(rating: number, canFight: boolean): Challenge {
  const xp = rating === 0 ? (canFight ? 10 : 0) : (xpByRating[rating - 1] ?? 0)
  return { rating, ...(fractions.get(rating) ?? { text: String(rating), xp }) }
}

/** @returns what a creature of that rating adds to everything it is proficient in */
export function proficiencyBonusOf(rating: number): number {
  return 2 + Math.floor((Math.max(1, rating) - 1) / 4)
}
