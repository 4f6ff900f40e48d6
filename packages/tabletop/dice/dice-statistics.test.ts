import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import { seededDie } from './dice-testing'
import { parseDice } from './parse-dice'
import { rollDice } from './roll-dice'

setDefaultTimeout(60_000)

const rolls = 20_000

function totalsOf(text: string): readonly number[] {
  const parsed = parseDice(text)
  if ('error' in parsed) throw new Error(parsed.error.code)
  const die = seededDie(20_250_101)
  return Array.from({ length: rolls }, () => {
    const result = rollDice(parsed.expression, die)
    if (!('total' in result)) throw new Error('no total')
    return result.total
  })
}

// expression, exact mean, a low and a high total that must both be reached
const means: readonly (readonly [string, number, number, number])[] = [
  ['1d20', 10.5, 1, 20],
  ['d%', 50.5, 1, 100],
  ['4dF', 0, -4, 4],
  ['2d20kh1', 13.825, 1, 20],
  ['2d20kl1', 7.175, 1, 20],
  ['3d20kh1', 15.4875, 1, 20],
  ['4d6kh3', 12.2446, 3, 18],
  ['2d6ro<=2', 8.3333, 2, 12],
  ['1d20ro1', 10.975, 1, 20],
  ['1d20min10', 12.75, 10, 20],
  ['1d6!', 4.2, 1, 17],
  ['1d6rr1', 4, 2, 6],
  ['floor(8d6/2)', 13.75, 7, 20],
  ['5d10>=8', 1.5, 0, 5],
]

describe('means over 20,000 seeded rolls', () => {
  for (const [text, mean, low, high] of means) {
    it(`${text} comes to ${mean}`, () => {
      const totals = totalsOf(text)
      const average = totals.reduce((sum, total) => sum + total, 0) / rolls
      const variance = totals.reduce((sum, total) => sum + (total - average) ** 2, 0) / rolls
      // Four standard errors: a right generator misses this once in 16,000 seeds, and the seed is fixed.
      expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(variance / rolls))
      expect(Math.min(...totals)).toBeLessThanOrEqual(low)
      expect(Math.max(...totals)).toBeGreaterThanOrEqual(high)
    })
  }

  it('4d6kh3 shows 18 in 1.62 % of rolls', () => {
    const share = totalsOf('4d6kh3').filter((total) => total === 18).length / rolls
    expect(Math.abs(share - 0.0162)).toBeLessThan(4 * Math.sqrt((0.0162 * 0.9838) / rolls))
  })
})
