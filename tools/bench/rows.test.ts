import { expect, it } from 'bun:test'
import { reached, type Row, summarize, type Target } from './rows'

const samples = (...values: number[]) => values.map((value) => ({ value }))
const row: Row = {
  id: 'row',
  what: 'a row',
  unit: '/s',
  samples: new Map([
    ['innkeeper', samples(900, 1000, 1100)],
    ['colyseus', samples(40, 50, 400)],
  ]),
  targets: [],
}

it('takes the middle of the samples, or the mean of the two in the middle', () => {
  expect(summarize(samples(3, 1, 2))).toMatchObject({ median: 2, min: 1, max: 3 })
  expect(summarize(samples(4, 1, 2, 3))?.median).toBe(2.5)
  expect(summarize([])).toBeUndefined()
})

it('judges ratios of medians, at the target and one past it', () => {
  const target = { kind: 'ratio', against: 'colyseus', writtenAs: 'times' } as const
  expect(reached(row, { ...target, atLeast: 20 })).toEqual({ value: 20, isMet: true, isDisturbed: false })
  expect(reached(row, { ...target, atLeast: 20.1 })?.isMet).toBe(false)
})

it('says so when something else had a part of the machine', () => {
  const measuredBeside = (othersCpu: number): Row => {
    const load = { seconds: 1, serverCpu: 1, generatorCpu: 0.5, othersCpu }
    return { ...row, samples: new Map([...row.samples, ['bare', [{ value: 1000, load }]]]) }
  }
  const target = { kind: 'ratio', against: 'bare', atLeast: 0.9, writtenAs: 'percent' } as const
  expect(reached(measuredBeside(0.15), target)?.isDisturbed).toBe(false)
  expect(reached(measuredBeside(0.16), target)?.isDisturbed).toBe(true)
})

it('judges ours alone by a floor or a ceiling, at the target and one past it', () => {
  const isMet = (target: Target) => reached(row, target)?.isMet
  expect(isMet({ kind: 'floor', atLeast: 1_000 })).toBe(true)
  expect(isMet({ kind: 'floor', atLeast: 1_001 })).toBe(false)
  expect(isMet({ kind: 'ceiling', atMost: 1_000 })).toBe(true)
  expect(isMet({ kind: 'ceiling', atMost: 999 })).toBe(false)
})

it('does not judge what was not measured', () => {
  expect(reached(row, { kind: 'ratio', against: 'bare', atLeast: 0.9, writtenAs: 'percent' })).toBeUndefined()
})
