import { describe, expect, it } from 'bun:test'
import { fairTable } from '@innkeeper/tabletop/dice/testing/fair-table'
import fc from 'fast-check'
import { checkFairness, printShown } from './check-fairness'

const table = fairTable([
  ['2d20kh1+5', '3d6', [20, 6]],
  ['1d4', '1d4'],
])

describe('checkFairness', () => {
  it('finds nothing wrong with honest dice', () => {
    expect(checkFairness(table)).toMatchObject({ isFair: true, fell: 5, sealed: 0, wrong: [] })
  })

  it('names the roll of which one bit was flipped, and no other', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(30), fc.nat(2), (which, at, bit) => {
        const rolls = table.rolls.map((roll, index) =>
          index === which
            ? {
                ...roll,
                faces: roll.faces.map((face, place) =>
                  place === at % roll.faces.length ? face ^ (1 << bit) : face,
                ),
              }
            : roll,
        )
        const { wrong, isFair } = checkFairness({ ...table, rolls })
        const { seed, roll } = table.rolls[which] ?? { seed: 0, roll: 0 }
        expect(isFair).toBe(false)
        expect(wrong.map((each) => [each.seed, each.roll, each.verdict])).toEqual([[seed, roll, 'mismatch']])
      }),
    )
  })

  it('blames every roll of a seed that is not the one that was committed to', () => {
    const seeds = table.seeds.map((seed) => (seed.number === 2 ? { ...seed, commit: '0'.repeat(64) } : seed))
    const { wrong } = checkFairness({ ...table, seeds })
    expect(wrong.map(({ seed, verdict }) => [seed, verdict])).toEqual([
      [2, 'bad-commitment'],
      [2, 'bad-commitment'],
    ])
  })

  it('says nothing about a seed that is still secret, and that a roll is not there', () => {
    const seeds = table.seeds.map(({ number, commit, seed, rolls }) =>
      number === 2 ? { number, commit } : { number, commit, seed, rolls },
    )
    const checked = checkFairness({ seeds, rolls: table.rolls.slice(1) })
    expect(checked).toMatchObject({
      isFair: true,
      fell: 2,
      sealed: 2,
      missing: [{ seed: 1, from: 1, to: 1 }],
    })
  })
})

describe('printShown', () => {
  it('has the faces, and the totals where there are some', () => {
    expect(printShown({ faces: [7, 17], totals: [22] })).toBe('7 17 = 22')
    expect(printShown({ faces: [3] })).toBe('3')
  })
})
