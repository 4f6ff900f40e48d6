import { describe, expect, it } from 'bun:test'
import { combineAdvantage } from './d20-tests'
import { initiativeModifierOf, initiativeScore, type InitiativeOf } from './initiative'
import { creature, path } from './testing/creature'

const invisible = creature({ conditions: [{ id: 'i', condition: 'invisible' }] })
const limp = creature({ conditions: [{ id: 'i', condition: 'incapacitated' }] })
const tired = creature({ exhaustion: 3 })

describe('initiative', () => {
  it.each([
    ['R-01 Dex +2 with advantage: score 17', { advantage: true, disadvantage: false }, 17, [10, 12, 17]],
    ['R-01 with disadvantage: 7', { advantage: false, disadvantage: true }, 7, [10, 12, 7]],
    ['R-01 with neither: 12', { advantage: false, disadvantage: false }, 12, [10, 12]],
    ['R-76 with both: 12', { advantage: true, disadvantage: true }, 12, [10, 12]],
  ] as const)('%s', (...[, given, score, trace]) => {
    const { value, steps } = initiativeScore({ dexModifier: 2, ...given })
    expect(value).toBe(score)
    expect(path(steps)).toEqual([...trace])
  })

  const rows: readonly (readonly [string, '2014' | '2024', Partial<InitiativeOf>, number, string])[] = [
    ['R-01 a Dexterity check', '2014', {}, 2, 'straight'],
    ['R-01 a Dexterity check', '2024', {}, 2, 'straight'],
    ['R-01 a stat block may say otherwise', '2024', { statBlockModifier: 7 }, 7, 'straight'],
    ['R-01 but did not', '2014', { statBlockModifier: 7 }, 2, 'straight'],
    ['R-04 surprise is no disadvantage', '2014', { isSurprised: true }, 2, 'straight'],
    ['R-04 surprise is a disadvantage', '2024', { isSurprised: true }, 2, 'disadvantage'],
    ['R-05 invisible', '2024', { vitals: invisible }, 2, 'advantage'],
    ['R-05 invisible means nothing', '2014', { vitals: invisible }, 2, 'straight'],
    ['R-05 incapacitated', '2024', { vitals: limp }, 2, 'disadvantage'],
    ['R-05 incapacitated means nothing', '2014', { vitals: limp }, 2, 'straight'],
    ['R-60 exhaustion 3', '2024', { vitals: tired }, -4, 'straight'],
    ['R-60 exhaustion 3', '2014', { vitals: tired }, 2, 'disadvantage'],
    ['R-76 invisible, surprised', '2024', { vitals: invisible, isSurprised: true }, 2, 'straight'],
    ['R-76 the sheet counts too', '2024', { advantages: 1 }, 2, 'advantage'],
    ['R-76 the sheet counts too', '2014', { disadvantages: 1 }, 2, 'disadvantage'],
  ]
  it.each(rows)('%s, in %s', (...[, edition, given, modifier, mode]) => {
    const rolling = initiativeModifierOf(
      { vitals: creature(), dexModifier: 2, isSurprised: false, ...given },
      edition,
    )
    expect(rolling.value).toBe(modifier)
    expect(rolling.mode).toBe(mode as typeof rolling.mode)
    expect(path(rolling.steps).at(-1)).toBe(modifier)
  })
})

describe('the d20', () => {
  it.each([
    [0, 0, 'straight'],
    [1, 0, 'advantage'],
    [3, 0, 'advantage'],
    [0, 2, 'disadvantage'],
    [1, 1, 'straight'],
    [3, 1, 'straight'],
    [1, 4, 'straight'],
  ] as const)('R-76 %i advantages and %i disadvantages are %s', (advantages, disadvantages, mode) => {
    expect(combineAdvantage(advantages, disadvantages)).toBe(mode)
  })
})
