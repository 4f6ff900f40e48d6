import { describe, expect, it } from 'bun:test'
import { takeQuietSamples } from './quiet-samples'

/** Samples 1, 2, 3, …, in whose time these shares were stolen; the last one for ever. */
function take(wanted: number, shares: readonly number[]) {
  const made = { count: 0 }
  return takeQuietSamples(
    wanted,
    () => Promise.resolve((made.count += 1)),
    () => () => shares[made.count - 1] ?? shares.at(-1) ?? 0,
  )
}

describe('quiet samples', () => {
  it('are those in whose time the machine was ours', async () => {
    expect(await take(3, [0, 0.3, 0.05, 0.06, 0])).toEqual({
      samples: [1, 3, 5],
      leftOut: 2,
      isDisturbed: false,
    })
  })

  it('are filled up with the least disturbed where there are too few, and say so', async () => {
    expect(await take(2, [0.5, 0.01, 0.4, 0.2, 0.9])).toEqual({
      samples: [2, 4],
      leftOut: 6,
      isDisturbed: true,
    })
  })
})
