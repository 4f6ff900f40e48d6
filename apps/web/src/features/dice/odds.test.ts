import { describe, expect, it } from 'bun:test'
import { distributionOf } from '@innkeeper/tabletop/dice/dice-distribution'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import fc from 'fast-check'
import { chanceOfAtLeast, type Odds, toBars } from './odds'

function oddsOf(text: string): Odds {
  const parsed = parseDice(text)
  if ('error' in parsed) throw new Error(parsed.error.code)
  const odds = distributionOf(parsed.expression)
  if ('error' in odds) throw new Error(odds.error.code)
  return odds
}

describe('chanceOfAtLeast', () => {
  it('adds up what is as good or better', () => {
    expect(chanceOfAtLeast(oddsOf('1d20+5'), 15)).toBeCloseTo(0.55)
    expect(chanceOfAtLeast(oddsOf('2d20kh1'), 20)).toBeCloseTo(1 - 0.95 ** 2)
    expect(chanceOfAtLeast(oddsOf('2d6'), -3)).toBeCloseTo(1)
    expect(chanceOfAtLeast(oddsOf('2d6'), 13)).toBe(0)
  })
})

describe('toBars', () => {
  it('keeps all of the probability, in so few bars and without a gap', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1d4', '3d6', '2d20kh1-7', '1d1000', '8d6/2', '1d6*100'),
        fc.integer({ min: 1, max: 60 }),
        (text, most) => {
          const odds = oddsOf(text)
          const bars = toBars(odds, most)
          expect(bars.length).toBeLessThanOrEqual(most)
          expect(bars.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
          expect(bars[0]?.from).toBe(odds.min)
          expect(bars.at(-1)?.to).toBe(odds.max)
          for (const [index, { from }] of bars.slice(1).entries())
            expect(from).toBe((bars[index]?.to ?? 0) + 1)
        },
      ),
    )
  })
})
