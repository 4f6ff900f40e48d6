import { describe, expect, it } from 'bun:test'
import { blankSheet } from '@innkeeper/tabletop/characters/sheet'
import { faultsIn } from './sheet-faults'
import { fieldNames, type SheetFields, sectionOf } from './sheet-fields'

const fields: SheetFields = {
  ...blankSheet,
  name: 'Lia',
  summary: '',
  publicNotes: '',
  hpShown: 'exact',
  isHidden: false,
  gmNotes: '',
}
const sword = {
  id: 'sword',
  name: 'Sword',
  ability: 'str',
  isProficient: true,
  toHitBonus: 0,
  damage: '1d8',
  addsAbilityToDamage: true,
  damageType: 'slashing',
  note: '',
} as const

describe('faultsIn', () => {
  it('finds nothing in a blank sheet with a name', () => {
    expect(faultsIn(fields, fieldNames)).toEqual([])
  })

  it('finds what has no name, dice that nobody can read, and too many levels', () => {
    const faulty: SheetFields = {
      ...fields,
      name: ' ',
      attacks: [sword, { ...sword, name: '', damage: '1dd' }],
      classes: [
        { name: 'Bard', level: 12, hitDie: 'd8' },
        { name: 'Monk', level: 9, hitDie: 'd8' },
      ],
    }
    expect(faultsIn(faulty, fieldNames)).toEqual([
      { field: 'name', index: null, what: 'name' },
      { field: 'classes', index: null, what: 'levels' },
      { field: 'attacks', index: 1, what: 'name' },
      { field: 'attacks', index: 1, what: 'dice' },
    ])
  })
})

describe('the parts of the editor', () => {
  it('have every field of a sheet', () => {
    expect(new Set<string>(fieldNames)).toEqual(new Set(Object.keys(fields)))
    expect(sectionOf('coins')).toBe('gear')
  })
})
