import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { diceExpressionArbitrary, smallExpressionArbitrary } from './arbitrary-dice'
import { boundsOfDice } from './dice-bounds'
import { distributionOf, type DiceDistribution } from './dice-distribution'
import type { DiceExpression, DiceNode } from './dice-expression'
import { diceLimits } from './dice-limits'
import { diceTermsOf } from './dice-overrun'
import { parseDice } from './parse-dice'
import { printDice } from './print-dice'
import { everyRoll } from './testing/every-roll'

// Properties take seconds where many tests share few cores.
setDefaultTimeout(60_000)

function parsed(text: string): DiceExpression {
  const result = parseDice(text)
  if ('error' in result) throw new Error(`${text}: ${result.error.code}`)
  return result.expression
}

function counted(text: string): DiceDistribution {
  const result = distributionOf(parsed(text))
  if ('error' in result) throw new Error(`${text}: ${result.error.code}`)
  return result
}

function chanceOf(text: string, total: number): number {
  return counted(text).outcomes.find((outcome) => outcome.total === total)?.probability ?? 0
}

function massOf({ outcomes }: DiceDistribution): number {
  return outcomes.reduce((sum, { probability }) => sum + probability, 0)
}

describe('the distribution of', () => {
  // number of the case, expression, lowest and highest total, mean
  const cases: readonly (readonly [string, string, number, number, number])[] = [
    ['1', 'd20', 1, 20, 10.5],
    ['3', '1D20 + 5', 6, 25, 15.5],
    ['4', 'd20-1', 0, 19, 9.5],
    ['5', '2d6+1d4+3', 6, 19, 12.5],
    ['7', '1d20+1d4-2', 0, 22, 11],
    ['8', 'd%', 1, 100, 50.5],
    ['9', '2d20kh1', 1, 20, 13.825],
    ['9', '2d20kh1+5', 6, 25, 18.825],
    ['11', '2d20kl1', 1, 20, 7.175],
    ['11', '2d20kl1+5', 6, 25, 12.175],
    ['12', '2d20kl', 1, 20, 7.175],
    ['13', 'd20adv+5', 6, 25, 18.825],
    ['15', '3d20kh1', 1, 20, 15.4875],
    ['16', '4d6kh3', 3, 18, 15_869 / 1296],
    ['17', '4d6k3', 3, 18, 15_869 / 1296],
    ['19', '4d6d1', 3, 18, 15_869 / 1296],
    ['20', '2d20dh1', 1, 20, 7.175],
    ['21', '6x4d6kh3', 3, 18, 15_869 / 1296],
    ['23', '2d6ro<=2', 2, 12, 25 / 3],
    ['23', '2d6ro<=2+3', 5, 15, 34 / 3],
    ['24', '1d20ro1', 1, 20, 10.975],
    ['24', '1d20ro1+7', 8, 27, 17.975],
    ['25', '2d6rr1', 4, 12, 8],
    ['27', '1d20min10', 10, 20, 12.75],
    ['27', '1d20min10+11', 21, 31, 23.75],
    ['32', 'floor(8d6/2)', 4, 24, 13.75],
    ['31', '8d6/2', 4, 24, 13.75],
    ['33', '8d6//2', 4, 24, 13.75],
    ['35', '(1d6+2)*2', 6, 16, 11],
    ['36', '2d8+3 [slashing] + 1d6 [fire]', 6, 25, 15.5],
    ['37', '1d20+5 # attack vs goblin', 6, 25, 15.5],
    ['39', '{1d20+5, 1d20+2}kh1', 6, 25, 17.54],
    ['40', '1к20−1', 0, 19, 9.5],
    ['fate', '4dF', -4, 4, 0],
    ['ru', '2к20вл1', 1, 20, 13.825],
  ]
  for (const [name, text, min, max, mean] of cases) {
    it(`[dice 3.${name}] ${text} goes from ${min} to ${max} with the mean ${mean.toFixed(4)}`, () => {
      const distribution = counted(text)
      expect(distribution).toMatchObject({
        min,
        max,
        truncated: text.includes('rr') ? expect.any(Number) : 0,
      })
      expect(distribution.mean).toBeCloseTo(mean, 12)
      expect(massOf(distribution)).toBeCloseTo(1, 12)
    })
  }

  it('[dice 3.16] 4d6kh3 has an 18 in 21 of 1296 cases, which is 1.62 %', () => {
    expect(chanceOf('4d6kh3', 18)).toBeCloseTo(21 / 1296, 15)
    expect((chanceOf('4d6kh3', 18) * 100).toFixed(2)).toBe('1.62')
  })

  it('[dice 3.28, 29] exploding dice has the mean of the endless series', () => {
    expect(counted('3d6!').mean).toBeCloseTo(3 * 4.2, 10)
    expect(counted('3d6!>=5').mean).toBeCloseTo(3 * 5.25, 10)
    expect(counted('3d6!!').mean).toBeCloseTo(3 * 4.2, 10)
    expect(counted('3d6!p').mean).toBeCloseTo(3 * (4.2 - 0.2), 10)
  })

  it('a die is even, and its standard deviation is that of the formula', () => {
    const { outcomes, standardDeviation } = counted('1d20')
    expect(outcomes).toEqual(
      Array.from({ length: 20 }, (_, index) => ({ total: index + 1, probability: 0.05 })),
    )
    expect(standardDeviation).toBeCloseTo(Math.sqrt((20 ** 2 - 1) / 12), 12)
    expect(counted('8d6').standardDeviation).toBeCloseTo(Math.sqrt((8 * 35) / 12), 12)
    expect(counted('3').standardDeviation).toBe(0)
  })

  it('the rarest totals are as precise as the usual ones', () => {
    expect(chanceOf('20d100', 20) * 100 ** 20).toBeCloseTo(1, 9)
    expect(chanceOf('200d6', 1200) * 6 ** 200).toBeCloseTo(1, 9)
    expect(chanceOf('20d20kh10', 10) * 20 ** 20).toBeCloseTo(1, 9)
  })

  it('what is kept is looked for from its own end', () => {
    for (const end of ['kh1', 'kl1', 'dl199', 'dh199', 'kl3', 'kh3'])
      expect(massOf(counted(`200d20${end}`))).toBeCloseTo(1, 12)
  })

  it('many explosions are all there, though each number of them is rare', () => {
    expect(distributionOf(parsed('60d2!kh1'), { ...diceLimits, dice: 400 })).toMatchObject({
      outcomes: [{ total: 2, probability: expect.closeTo(1, 9) }],
    })
  })

  it('entries of a pool that are alike are counted together', () => {
    expect(massOf(counted(`{${'1d6,'.repeat(29)}1d6}kh15`))).toBeCloseTo(1, 12)
  })

  it('fractions are exact: thirds add up to whole numbers, and the total is rounded down once', () => {
    expect(counted('1d6/3*3').outcomes.map(({ total }) => total)).toEqual([1, 2, 3, 4, 5, 6])
    expect(counted('1d6/3+1d6/3+1d6/3').mean).toBeCloseTo(3.5 - 1 / 3, 12)
    expect(counted('10*0.1+1d6*0.7').outcomes.map(({ total }) => total)).toEqual([1, 2, 3, 4, 5])
    expect(counted(`1d6${'*0.000001*1000000'.repeat(5)}`).mean).toBeCloseTo(3.5, 12)
    expect(counted('(1-1d6)/2').min).toBe(-3)
    expect(counted('100/(1d20)').mean).toBeCloseTo(
      Array.from({ length: 20 }, (_, index) => Math.floor(100 / (index + 1))).reduce((a, b) => a + b) / 20,
      12,
    )
  })
})

describe('what the limit of dice cuts off', () => {
  it('is nothing where no die brings another', () => {
    expect(counted('200d6').truncated).toBe(0)
    expect(counted('100d6ro1').truncated).toBe(0)
    expect(counted('1d6!6rr6').truncated).toBeGreaterThan(0)
  })

  it.each([
    ['1d100min100!>=2', 200],
    ['1d100min100!!>=2kl1', 200],
    ['1d100min100!>=2kh1', 200],
    ['{1d100min100!>=2,7,8}kh2', 200],
    ['max(1d100min100!>=2,7)+4d4', 196],
  ])('of %s is the chance of more than %p dice in a chain, and those totals are not there', (text, dice) => {
    const distribution = counted(text)
    expect(distribution.truncated).toBeCloseTo(0.99 ** dice, 12)
    expect(massOf(distribution) + distribution.truncated).toBeCloseTo(1, 12)
  })

  it('is next to nothing for a few dice', () => {
    expect(counted('1d6!').truncated * 6 ** 200).toBeCloseTo(1, 9)
  })

  it('is the chance of too many rerolls, which make every total rarer', () => {
    const { outcomes, truncated } = counted('1d100rr<=95')
    expect(truncated).toBeCloseTo(0.95 ** 200, 12)
    for (const { probability } of outcomes) expect(probability).toBeCloseTo((1 - 0.95 ** 200) / 5, 12)
  })

  it('counts all dice of the request: those of other terms, of pools and of every run', () => {
    const cut = counted('1d6!').truncated
    expect(counted('1d6!+5d4').truncated).toBeCloseTo(cut * 6 ** 5, 5 + 150)
    expect(counted('{1d6!+5d4,1d8}kh1').truncated / cut).toBeCloseTo(6 ** 6, 3)
    expect(counted('2x1d6rr1').truncated).toBeGreaterThan(counted('1d6rr1').truncated)
  })

  it('takes totals along that no roll can come to', () => {
    for (const text of ['50d2!', '52d2!', '55d2!']) expect(counted(text).max).toBeLessThanOrEqual(400)
  })

  it('is refused to be told apart where it has to do with the total', () => {
    for (const text of ['100d2!', '150d6ro<=3', '60d6rr<=4!', '12x15d2!'])
      expect(distributionOf(parsed(text))).toMatchObject({ error: { code: 'TOO_MANY_DICE' } })
    expect(distributionOf(parsed('5d6'), { ...diceLimits, dice: 4 })).toMatchObject({
      error: { code: 'TOO_MANY_DICE' },
    })
  })
})

describe('an expression with too many possibilities', () => {
  it.each([
    '200d1000',
    '100d1000+100d999',
    '1d1000*1d1000',
    '1d999*20+1d20',
    '1/(1d1000)',
    '1d1000/(1d1000)',
    '200d6dl1',
    '50d1000kh25',
    '10d6!pdl1',
    '{1d4,1d5,1d6,1d7,1d8,1d9,1d10,1d11,1d12,1d13,1d14,1d15,1d16}kl6',
    '0.000001*0.000001*0.100001*1d6',
    '300.000001*300.000001+1d6',
    '1d999!>=5',
  ])('%s is refused', (text) => {
    expect(distributionOf(parsed(text))).toMatchObject({ error: { code: 'TOO_COMPLEX' } })
  })
})

describe('distributions, whatever the expression', () => {
  it('are what the roller makes of all faces', () => {
    const seen = { compared: 0, refused: 0 }
    fc.assert(
      fc.property(smallExpressionArbitrary, (generated) => {
        const expression = readSingle(generated)
        const rolls =
          expression && everyRoll(expression, { limits: diceLimits, leastChance: 1e-6, mostRolls: 500 })
        if (!rolls) return
        const distribution = distributionOf(expression)
        if ('error' in distribution) {
          seen.refused += 1
          return expect(distribution.error.code).toBe('TOO_COMPLEX')
        }
        seen.compared += 1
        const chances = new Map(distribution.outcomes.map(({ total, probability }) => [total, probability]))
        for (const total of new Set([...rolls.chances.keys(), ...chances.keys()])) {
          const [tried, counted] = [rolls.chances.get(total) ?? 0, chances.get(total) ?? 0]
          expect(counted).toBeGreaterThanOrEqual(tried - 1e-12)
          expect(counted).toBeLessThanOrEqual(tried + rolls.untried + 1e-12)
        }
      }),
      { numRuns: 1000 },
    )
    expect(seen.compared).toBeGreaterThan(80)
    // Only where a double is too small for exact fractions, as in 1/(2d4!).
    expect(seen.refused).toBeLessThan(seen.compared / 10)
  })

  it('stop at the limit of dice as the roller does', () => {
    const seen = { cut: 0, whole: 0, refused: 0 }
    fc.assert(
      fc.property(smallExpressionArbitrary, fc.nat({ max: 3 }), (generated, spare) => {
        const expression = readSingle(generated)
        if (!expression) return
        const fixed = diceTermsOf(expression).reduce((sum, { count }) => sum + count, 0)
        const limits = { ...diceLimits, dice: fixed + spare }
        const rolls = everyRoll(expression, { limits, leastChance: 0, mostRolls: 500 })
        if (!rolls) return
        const distribution = distributionOf(expression, limits)
        if ('error' in distribution) {
          // A product of long decimals is refused before any die is counted.
          if (distribution.error.code === 'TOO_COMPLEX') return
          seen.refused += 1
          return expect([distribution.error.code, rolls.refused > 1e-9]).toEqual(['TOO_MANY_DICE', true])
        }
        seen[rolls.refused > 0 ? 'cut' : 'whole'] += 1
        expect(distribution.truncated).toBeCloseTo(rolls.refused, 12)
        expect(distribution.outcomes.map(({ total }) => total)).toEqual(
          [...rolls.chances.keys()].sort((a, b) => a - b),
        )
        for (const { total, probability } of distribution.outcomes)
          expect(probability).toBeCloseTo(rolls.chances.get(total) ?? 0, 12)
      }),
      { numRuns: 1000 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10)
  })

  it('add up to one, in order, within the bounds', () => {
    let accepted = 0
    fc.assert(
      fc.property(diceExpressionArbitrary, (generated) => {
        const result = parseDice(printDice(generated))
        if ('error' in result) return
        const distribution = distributionOf(result.expression)
        if ('error' in distribution) return
        accepted += 1
        const { outcomes, mean, min, max, truncated } = distribution
        expect(massOf(distribution) + truncated).toBeCloseTo(1, 8)
        for (const { probability } of outcomes) expect(probability).toBeGreaterThan(0)
        const totals = outcomes.map(({ total }) => total)
        expect(totals).toEqual([...new Set(totals)].sort((a, b) => a - b))
        expect([min, max]).toEqual([totals[0] ?? NaN, totals.at(-1) ?? NaN])
        expect(mean).toBeGreaterThanOrEqual(min - 1e-9)
        expect(mean).toBeLessThanOrEqual(max + 1e-9)
        const { low, high } = boundsOfDice(result.expression)
        expect(min).toBeGreaterThanOrEqual(Math.floor(low + 1e-9))
        expect(max).toBeLessThanOrEqual(Math.floor(high + 1e-9))
        if (!result.expression.parts.every((part) => part.terms.every(({ node }) => hasExactBounds(node))))
          return
        expect([min, max]).toEqual([Math.floor(low + 1e-9), Math.floor(high + 1e-9)])
      }),
      { numRuns: 1000 },
    )
    expect(accepted).toBeGreaterThan(120)
  })
})

/** @returns the expression without its repeats, unless it is refused */
function readSingle({ parts }: DiceExpression): DiceExpression | undefined {
  const result = parseDice(printDice({ parts }))
  return 'error' in result ? undefined : result.expression
}

/** Whether both bounds are reached: what explodes has none, and successes or absolute values may miss theirs. */
function hasExactBounds(node: DiceNode): boolean {
  switch (node.kind) {
    case 'number':
      return true
    case 'dice':
      return !node.explode && !node.success
    case 'sum':
      return node.terms.every((term) => hasExactBounds(term.node))
    case 'negate':
      return hasExactBounds(node.node)
    case 'product':
      return [node.first, ...node.factors.map((factor) => factor.node)].every(hasExactBounds)
    case 'call':
      return node.name !== 'abs' && node.inputs.every(hasExactBounds)
    case 'pool':
      return !node.success && node.entries.every(hasExactBounds)
    case 'power':
      return hasExactBounds(node.base) && node.exponent % 2 === 1
  }
}
