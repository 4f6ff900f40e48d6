import type { Effects } from './effects'

/** The two clocks that an age is read from. */
export type Clocks = Pick<Effects, 'now' | 'ticks'>

/**
 * Measures how old a thing becomes. `ticks` may stand still while the machine sleeps, the wall clock may be set while
 * it runs: the longer of the two is never too young, and what is taken for too old is only fetched anew a little early.
 *
 * @param sinceMs  when it began (epoch ms by this very machine's clock); now when left out
 * @returns a function that says the age in ms
 */
export function startAge({ now, ticks }: Clocks, sinceMs = now()): () => number {
  const startTicks = ticks()
  const ageAtStartMs = Math.max(0, now() - sinceMs)
  return () => Math.max(ageAtStartMs + ticks() - startTicks, now() - sinceMs)
}
