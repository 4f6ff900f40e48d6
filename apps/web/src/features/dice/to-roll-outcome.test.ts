import { describe, expect, it } from 'bun:test'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { rollDice } from '@innkeeper/tabletop/dice/roll-dice'
import { toRollOutcome } from './to-roll-outcome'

/** Rolls for real, with these faces in this order. */
function outcomeOf(text: string, faces: readonly number[]) {
  const waiting = [...faces]
  const parsed = parseDice(text)
  if ('error' in parsed) throw new Error(parsed.error.code)
  const result = rollDice(parsed.expression, () => waiting.shift() ?? 1)
  if ('error' in result) throw new Error(result.error.code)
  return toRollOutcome(result)
}

const texts = (text: string, faces: readonly number[]) =>
  outcomeOf(text, faces).runs.map((run) =>
    run.faces.map((face) => (face.isDropped ? `(${face.text})` : face.text)),
  )

describe('toRollOutcome', () => {
  it('shows kept and dropped dice with the total', () => {
    expect(outcomeOf('2d20kh1+5', [7, 17]).runs[0]?.total).toBe(22)
    expect(texts('2d20kh1+5', [7, 17])).toEqual([['(7)', '17']])
  })

  it('shows a rerolled face as dropped', () => {
    expect(texts('1d20ro1+7', [1, 12])).toEqual([['(1)', '12']])
  })

  it('shows every run of a repeated roll', () => {
    const { runs } = outcomeOf('2x2d6', [1, 2, 3, 4])
    expect(runs.map(({ total }) => total)).toEqual([3, 7])
    expect(texts('2x2d6', [1, 2, 3, 4])).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('says what was rounded down', () => {
    expect(outcomeOf('8d6/2', [3, 3, 3, 3, 3, 3, 3, 4]).runs[0]).toMatchObject({ total: 12, exact: '12.5' })
  })

  it('marks the highest and the lowest face of each die', () => {
    const [run] = outcomeOf('1d20+1d6+d%+4dF', [20, 1, 57, 1, 2, 3, 1]).runs
    expect(
      run?.faces.map(({ isHighest, isLowest }) => (isHighest ? '+' : isLowest ? '-' : '.')).join(''),
    ).toBe('+-.-.+-')
    expect(run?.faces.map(({ text }) => text)).toEqual(['20', '1', '57', '−', '0', '+', '−'])
  })
})
