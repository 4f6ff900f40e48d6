import { describe, expect, it } from 'bun:test'
import { damageExpression, damageFault } from './damage-notation'

describe('damage of an attack', () => {
  it.each([
    ['1d8', 3, 'slashing', '1d8+3 [slashing]'],
    ['1d8', -1, 'slashing', '1d8-1 [slashing]'],
    ['1d8', 0, null, '1d8'],
    ['1', 2, 'bludgeoning', '1+2 [bludgeoning]'],
    ['1d8 [slashing] + 1d6', 3, 'fire', '1d8+3 [slashing]+1d6 [fire]'],
    ['1d8 [slashing] + 1d6 [fire]', 3, 'cold', '1d8+3 [slashing]+1d6 [fire]'],
  ] as const)('%s with %i of %s is %s', (...[damage, modifier, type, expression]) => {
    expect(damageExpression(damage, { modifier, type, isCritical: false })).toBe(expression)
  })

  it.each([
    ['1d8', '2d8+3'],
    ['2d6ro<=2', '4d6ro<=2+3'],
    ['2d8+1d6+2', '4d8+2d6+2+3'],
    ['4d6kh3', '(4d6kh3+4d6kh3)+3'],
    ['8d6/2', '16d6/2+3'],
    ['{1d6,1d8}kh1', '{2d6,2d8}kh1+3'],
    ['max(1d6,1d4)', 'max(2d6,2d4)+3'],
    ['-1d4', '-2d4+3'],
    ['(1d6+2)*2', '(2d6+2)*2+3'],
  ])('[R-17] a critical hit of %s has all dice twice and the modifier once: %s', (damage, expression) => {
    expect(damageExpression(damage, { modifier: 3, type: null, isCritical: true })).toBe(expression)
  })

  it('has dice to spare for a critical hit', () => {
    expect(damageFault('100d6')).toBeNull()
    expect(damageFault('101d6')).toContain('critical')
  })
})
