import { describe, expect, it } from 'bun:test'
import { withAdvantage } from './with-advantage'

describe('withAdvantage', () => {
  it.each([
    ['d20', '2d20kh1'],
    ['1d20+5', '2d20kh1+5'],
    ['1D20 + 5 # attack', '2d20kh1 + 5 # attack'],
    ['1d20 # not the other d20', '2d20kh1 # not the other d20'],
    ['1d4+1d20', '1d4+2d20kh1'],
    ['1к20−1', '2d20kh1−1'],
  ])('rolls the d20 of %s twice and keeps the better', (expression, expected) => {
    expect(withAdvantage(expression, 'advantage')).toBe(expected)
  })

  it('keeps the worse with disadvantage, and changes nothing without either', () => {
    expect(withAdvantage('1d20+5', 'disadvantage')).toBe('2d20kl1+5')
    expect(withAdvantage('1d20+5', 'normal')).toBe('1d20+5')
  })

  it.each([
    '4d6',
    '2d20',
    '1d200',
    '11d20',
    '1d20+1d20',
    '1d20kh1',
    '1d20adv',
    '1d20ro1',
    '1d20!',
    '1d20min10',
  ])('has no meaning for %s', (expression) => {
    expect(withAdvantage(expression, 'advantage')).toBeNull()
  })
})
