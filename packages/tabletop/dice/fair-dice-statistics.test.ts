import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import { distributionOf, type DiceDistribution } from './dice-distribution'
import { fairFaces } from './fair-dice'
import { parseDice } from './parse-dice'
import { rollDice } from './roll-dice'
import type { Die } from './roll-node'
import { chiSquareOf, chiSquareQuantile } from './testing/chi-square'

setDefaultTimeout(60_000)

// The seed is fixed, so these never fail by chance; a right generator would miss one in a million seeds.
const chance = 1e-6
const seed = Uint8Array.from({ length: 32 }, (_, index) => 255 - index)

function dieOf(rollNumber: number, { seedNumber = 1, nonce = 'statistics' } = {}): Die {
  return fairFaces({ seed, seedNumber, rollNumber, nonce })
}

/** @returns faces as a table rolls them: a few from each of many rolls */
function facesOf(sides: number, count: number): readonly number[] {
  return Array.from({ length: count / 8 }, (_, roll) => dieOf(roll + 1)).flatMap((die) =>
    Array.from({ length: 8 }, () => die(sides)),
  )
}

/** Fails when they stray too far from even, and when they are too even to be chance. */
function expectEven(cells: readonly number[], size: number): void {
  const counts = Array.from({ length: size }, () => 0)
  for (const cell of cells) counts[cell] = (counts[cell] ?? 0) + 1
  const chiSquare = chiSquareOf(
    counts,
    counts.map(() => cells.length / size),
  )
  expect(chiSquare).toBeLessThan(chiSquareQuantile(chance, size - 1))
  expect(chiSquare).toBeGreaterThan(chiSquareQuantile(1 - chance, size - 1))
}

describe('the faces of fair dice', () => {
  it.each([4, 6, 8, 10, 12, 20, 100, 1000])('d%p: each comes up as often as the others', (sides) => {
    expectEven(
      facesOf(sides, Math.max(40_000, sides * 100)).map((face) => face - 1),
      sides,
    )
  })

  it.each([4, 6, 10, 20])('d%p: within one roll, a face says nothing about the next one', (sides) => {
    const die = dieOf(1)
    const pairs = Array.from({ length: 40_000 }, () => (die(sides) - 1) * sides + die(sides) - 1)
    expectEven(pairs, sides ** 2)
  })

  it('the first face of a roll says nothing about that of the next roll, seed number or nonce', () => {
    const neighbours: readonly ((roll: number) => Die)[] = [
      (roll) => dieOf(roll + 1),
      (roll) => dieOf(roll, { seedNumber: 2 }),
      (roll) => dieOf(roll, { nonce: 'statistict' }),
    ]
    for (const neighbour of neighbours) {
      const pairs = Array.from(
        { length: 10_000 },
        (_, roll) => (dieOf(roll)(10) - 1) * 10 + neighbour(roll)(10) - 1,
      )
      expectEven(pairs, 100)
    }
  })

  it('faces do not go up and down together with those before them', () => {
    const count = 40_000
    const faces = facesOf(1000, count).map((face) => (face - 500.5) / Math.sqrt((1000 ** 2 - 1) / 12))
    // Up to 9, so that words of one block, of neighbouring blocks and of neighbouring rolls are all among them.
    for (let lag = 1; lag <= 9; lag += 1) {
      const correlation =
        faces.slice(lag).reduce((sum, face, index) => sum + face * (faces[index] ?? 0), 0) / count
      expect(Math.abs(correlation) * Math.sqrt(count)).toBeLessThan(5)
    }
  })

  it('large dice have no bias, where a remainder alone would double a third of the faces', () => {
    const count = 30_000
    const sides = 3 * 2 ** 30
    const thirds = (draw: () => number) =>
      Array.from({ length: count }, () => Math.floor((draw() - 1) / 2 ** 30))
    const die = dieOf(1)
    expectEven(
      thirds(() => die(sides)),
      3,
    )
    // The same words without skipping any: the test above sees the difference.
    const words = dieOf(1)
    expect(() => {
      expectEven(
        thirds(() => 1 + ((words(2 ** 32) - 1) % sides)),
        3,
      )
    }).toThrow()
  })
})

describe('fair rolls of an expression', () => {
  const rolls = 5_000

  function rolled(text: string): { readonly totals: readonly number[]; readonly expected: DiceDistribution } {
    const parsed = parseDice(text)
    if ('error' in parsed) throw new Error(parsed.error.code)
    const expected = distributionOf(parsed.expression)
    if ('error' in expected) throw new Error(expected.error.code)
    const totals = Array.from({ length: rolls }, (_, roll) => {
      const result = rollDice(parsed.expression, dieOf(roll, { nonce: 'expression' }))
      if ('error' in result) throw new Error(result.error.code)
      return result.outcomes[0]?.total ?? NaN
    })
    return { totals, expected }
  }

  const texts = [
    '1d20+1d4-2',
    'd%',
    '4dF',
    '2d20kh1',
    '2d20kl1',
    '3d20kh1',
    '4d6kh3',
    '2d6ro<=2+3',
    '1d20ro1+7',
    '2d6rr1',
    '1d20min10+11',
    '3d6!',
    '3d6!>=5',
    '8d6/2',
    'floor(8d6/2)',
    '(1d6+2)*2',
    '2d8+3 [slashing] + 1d6 [fire]',
    '{1d20+5, 1d20+2}kh1',
    '2d6!!kh1',
    '3d6!pdl1',
    '5d10>=8f1',
    '{2d6,1d12,7}dl1',
  ]

  it.each(texts)('%s: the mean is the counted one', (text) => {
    const { totals, expected } = rolled(text)
    const average = totals.reduce((sum, total) => sum + total, 0) / rolls
    expect(Math.abs(average - expected.mean)).toBeLessThan(
      (5 * expected.standardDeviation) / Math.sqrt(rolls),
    )
  })

  it.each(texts)('%s: every total comes up as often as counted', (text) => {
    const { totals, expected } = rolled(text)
    const cells = merged(expected, 10 / rolls)
    const counts = cells.map(({ upTo }, cell) => {
      const above = cells[cell - 1]?.upTo ?? -Infinity
      return totals.filter((total) => total > above && total <= upTo).length
    })
    const chiSquare = chiSquareOf(
      counts,
      cells.map(({ probability }) => probability * rolls),
    )
    expect(chiSquare).toBeLessThan(chiSquareQuantile(chance, cells.length - 1))
  })
})

interface Cell {
  readonly upTo: number
  readonly probability: number
}

/** Joins neighbouring totals until each cell is likely enough for a chi-square; the last one has all the rest. */
function merged({ outcomes }: DiceDistribution, least: number): readonly Cell[] {
  const cells: Cell[] = []
  let probability = 0
  let left = 1
  for (const outcome of outcomes) {
    probability += outcome.probability
    if (probability < least || left - probability < least) continue
    cells.push({ upTo: outcome.total, probability })
    left -= probability
    probability = 0
  }
  return [...cells, { upTo: Infinity, probability: left }]
}
