import { expect, test } from 'bun:test'
import { combatant, combatantStats, creature } from '@innkeeper/tabletop/rules/testing/creature'
import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'
import { hasMarks } from './has-marks'

const row = combatant()
const stats = combatantStats({ recharges: [{ name: 'Breath', from: 5, isReady: true }] })
const vitals = creature()

test('a row of which nothing else is to be known has no marks', () => {
  expect(hasMarks(row, undefined)).toBe(false)
  expect(hasMarks({ ...row, stats }, vitals)).toBe(false)
})

const changes: Readonly<Record<string, Partial<Combatant>>> = {
  hidden: { isHidden: true },
  'waiting for its moment': { status: 'delayed' },
  ready: { status: 'readied' },
  out: { status: 'out' },
  surprised: { isSurprised: true },
  'without a reaction': { isReactionUsed: true },
  legendary: { stats: { ...stats, legendaryActions: { max: 3, used: 3 } } },
  'hard to beat': { stats: { ...stats, legendaryResistances: { max: 3, used: 0 } } },
  'out of breath': { stats: { ...stats, recharges: [{ name: 'Breath', from: 5, isReady: false }] } },
  'out of breath beside another that is not': {
    stats: {
      ...stats,
      recharges: [
        { name: 'Web', from: 5, isReady: true },
        { name: 'Breath', from: 5, isReady: false },
      ],
    },
  },
}
for (const [what, change] of Object.entries(changes))
  test(`a row that is ${what} has marks`, () => {
    expect(hasMarks({ ...row, ...change }, vitals)).toBe(true)
  })

const states: Readonly<Record<string, Partial<Vitals>>> = {
  'keeps a spell up': { concentration: 'Bless' },
  'is exhausted': { exhaustion: 1 },
  'has a condition': { conditions: [{ id: 'c', condition: 'prone' }] },
}
for (const [what, state] of Object.entries(states))
  test(`a creature that ${what} has marks`, () => {
    expect(hasMarks(row, { ...vitals, ...state })).toBe(true)
  })
