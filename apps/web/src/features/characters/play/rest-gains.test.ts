import { describe, expect, it } from 'bun:test'
import { freshVitals } from '@innkeeper/tabletop/characters/character-vitals'
import { blankSheet, type Sheet } from '@innkeeper/tabletop/characters/sheet'
import type { Vitals } from '@innkeeper/tabletop/table/creatures'
import { toRestGains } from './rest-gains'
import { toStockRows } from './stock-rows'

const sheet: Sheet = {
  ...blankSheet,
  classes: [{ name: 'Bard', level: 3, hitDie: 'd8' }],
  spellcasting: { ability: 'cha', bonus: 0, slots: { '1': 4, '3': 0 }, pact: null },
  resources: [{ id: 'song', name: 'Song', max: 3, per: 'short' }],
}
const fresh = freshVitals({
  id: 'lia',
  owner: null,
  name: 'Lia',
  isHidden: false,
  hpShown: 'exact',
  summary: '',
  publicNotes: '',
  gmNotes: '',
  sheet,
})
const tired: Vitals = {
  ...fresh,
  exhaustion: 1,
  hitPoints: { now: 4, max: 10, maxChange: 0, temporary: 0 },
  spent: { slots: { '1': 3 }, resources: { song: 1 }, hitDice: {} },
}

describe('toStockRows', () => {
  it('counts what is left of what the sheet has', () => {
    const rows = toStockRows(sheet, tired)
    expect(rows.slot.map(({ key, left, max }) => [key, left, max])).toEqual([['1', 1, 4]])
    expect(rows.resource.map(({ name, left, max }) => [name, left, max])).toEqual([['Song', 2, 3]])
    expect(rows['hit-die'].map(({ key, left, max }) => [key, left, max])).toEqual([['d8', 3, 3]])
  })
})

describe('toRestGains', () => {
  it('says what a rest gave back and what it took', () => {
    const after: Vitals = {
      ...fresh,
      spent: { slots: {}, resources: {}, hitDice: { d8: 2 } },
    }
    expect(toRestGains(sheet, tired, after).map(({ what, by }) => [what, by])).toEqual([
      ['hit-points', 6],
      ['exhaustion', -1],
      ['slot', 3],
      ['resource', 1],
      ['hit-die', -2],
    ])
  })

  it('says nothing of a rest that changed nothing', () => {
    expect(toRestGains(sheet, fresh, fresh)).toEqual([])
  })
})
