import { describe, expect, it } from 'bun:test'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { printDice } from '@innkeeper/tabletop/dice/print-dice'
import { addDie, isModeIdle, prepareRoll } from './prepare-roll'

function canonical(text: string): string {
  const parsed = parseDice(text)
  return 'error' in parsed ? parsed.error.code : printDice(parsed.expression)
}

describe('prepareRoll', () => {
  it.each([
    [{ text: '1d20', mode: 'normal', modifier: 0 }, '1d20'],
    [{ text: '1d20', mode: 'advantage', modifier: 5 }, '2d20kh1+5'],
    [{ text: '1к20', mode: 'disadvantage', modifier: -2 }, '2d20kl1-2'],
    [{ text: ' 2d6 # fire #1', mode: 'normal', modifier: 3 }, '2d6+3 # fire #1'],
    [{ text: '2d6', mode: 'advantage', modifier: 0 }, '2d6'],
  ] as const)('makes of %p %s', (preparation, expected) => {
    expect(prepareRoll(preparation)).toBe(expected)
  })

  it('adds a modifier to whatever can be rolled', () => {
    for (const text of ['2d8+3 [slashing] + 1d6 [fire]', '6x4d6kh3', '3d6>4', '{1d20, 1d12}kh1', '8d6/2'])
      expect(canonical(prepareRoll({ text, mode: 'normal', modifier: 2 }))).toBe(`${canonical(text)}+2`)
  })

  it('tells where advantage would do nothing', () => {
    expect(isModeIdle({ text: '2d6', mode: 'advantage' })).toBe(true)
    expect(isModeIdle({ text: '1d20+3', mode: 'advantage' })).toBe(false)
    expect(isModeIdle({ text: '2d6', mode: 'normal' })).toBe(false)
  })
})

describe('addDie', () => {
  it.each([
    ['', 6, '1d6'],
    ['1d6', 6, '2d6'],
    ['d6', 6, '2d6'],
    ['2к6', 6, '3d6'],
    ['2d6', 8, '2d6+1d8'],
    ['1d6+1d8', 6, '2d6+1d8'],
    ['4d6kh3', 6, '4d6kh3+1d6'],
    ['1d100', 10, '1d100+1d10'],
    ['1d20+5 # attack', 4, '1d20+5+1d4 # attack'],
  ] as const)('puts to "%s" a d%d: %s', (text, sides, expected) => {
    expect(addDie(text, sides)).toBe(expected)
  })

  it('makes any number of taps something that can be rolled', () => {
    const taps = [20, 4, 6, 6, 100, 10, 10, 12, 8, 6]
    expect(canonical(taps.reduce(addDie, ''))).toBe('1d20+1d4+3d6+1d100+2d10+1d12+1d8')
  })
})
