/** One of two things that can happen: their chances add up to one. Both are given, so that neither loses digits. */
export interface HitOrMiss {
  readonly hit: number
  readonly miss: number
}

/** @returns how likely 0, 1, 2 … up to all of `tries` hit */
export function hitsIn(tries: number, { hit, miss }: HitOrMiss): readonly number[] {
  // From the likelier end, so that the first power does not vanish.
  if (hit > miss) return hitsIn(tries, { hit: miss, miss: hit }).toReversed()
  const chances: number[] = []
  let chance = miss ** tries
  for (let hits = 0; hits <= tries; hits += 1) {
    chances.push(chance)
    chance *= ((tries - hits) / (hits + 1)) * (hit / miss)
  }
  return chances
}

/**
 * How likely 0, 1, 2 … hits come before there are `misses` misses.
 *
 * @param misses  at least 1
 * @param least  once they get rarer than this, the rest is left out
 */
export function hitsBefore(misses: number, { hit, miss }: HitOrMiss, least: number): readonly number[] {
  const usual = (misses * hit) / miss
  const chances: number[] = []
  let chance = miss ** misses
  for (let hits = 0; hits <= usual || chance >= least; hits += 1) {
    chances.push(chance)
    chance *= ((misses + hits) / (hits + 1)) * hit
  }
  return chances
}
