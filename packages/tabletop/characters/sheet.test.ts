import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { sheetArbitrary } from './arbitrary-characters'
import { creation } from './character-payloads'
import { blankSheet } from './sheet'
import { sheetLimits } from './sheet-limits'
import { sheetChanges, sheetSchema } from './sheet-schema'

setDefaultTimeout(60_000)

/** The fields that are refused. */
function faultsOf(sheet: unknown): readonly string[] {
  const parsed = creation.safeParse({ name: 'Ana', sheet })
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

const attack = { id: 'bow', name: 'Bow' }
const resource = { id: 'rage', name: 'Rage', max: 3, per: 'long' }
const many = <Entry>(count: number, entryOf: (index: number) => Entry) =>
  Array.from({ length: count }, (_, index) => entryOf(index))

describe('a sheet', () => {
  it('needs nothing: a name makes a character', () => {
    expect(creation.parse({ name: 'Ana' })).toEqual({ name: 'Ana' })
    expect(creation.parse({ name: 'Ana', sheet: {} })).toEqual({ name: 'Ana', sheet: blankSheet })
    expect(creation.safeParse({ name: ' ' }).success).toBe(false)
  })

  it('is filled up where something is left out', () => {
    const sheet = sheetSchema.parse({
      attacks: [attack],
      spellcasting: { ability: 'cha' },
      armorClass: { base: 14, dexterityMax: 2 },
      inventory: [{ name: 'Rope', weight: 10.005 }],
    })
    expect(sheet.attacks[0]).toEqual({
      ...attack,
      ability: null,
      isProficient: true,
      toHitBonus: 0,
      damage: '',
      addsAbilityToDamage: true,
      damageType: null,
      note: '',
    })
    expect(sheet.spellcasting).toEqual({ ability: 'cha', bonus: 0, slots: {}, pact: null })
    expect(sheet.armorClass).toEqual({ base: 14, dexterityMax: 2, ability: null, shield: 0, bonus: 0 })
    expect(sheet.inventory[0]).toMatchObject({ quantity: 1, weight: 10.01, isEquipped: false })
  })

  it('reads as itself, whatever is legal', () => {
    fc.assert(
      fc.property(sheetArbitrary, (sheet) => {
        expect(sheetSchema.parse(JSON.parse(JSON.stringify(sheet)))).toEqual(sheet)
      }),
      { numRuns: 200 },
    )
  })

  it('takes an edit field by field, and fills up nothing', () => {
    expect(sheetChanges.parse({ species: 'Elf' })).toEqual({ species: 'Elf' })
    expect(sheetChanges.safeParse({ species: undefined }).success).toBe(false)
  })
})

describe('numbers of a sheet, at the limit and one past it', () => {
  const abilities = blankSheet.abilities
  it.each([
    ['sheet.abilities.str', { abilities: { ...abilities, str: 1 } }, { abilities: { ...abilities, str: 0 } }],
    [
      'sheet.abilities.str',
      { abilities: { ...abilities, str: 30 } },
      { abilities: { ...abilities, str: 31 } },
    ],
    ['sheet.maxHitPoints', { maxHitPoints: 9_999 }, { maxHitPoints: 10_000 }],
    ['sheet.maxHitPoints', { maxHitPoints: 1 }, { maxHitPoints: 0 }],
    ['sheet.maxHitPoints', { maxHitPoints: 2 }, { maxHitPoints: 2.5 }],
    ['sheet.speeds.fly', { speeds: { fly: 1_000 } }, { speeds: { fly: 1_001 } }],
    ['sheet.coins.gp', { coins: { gp: 9_999_999 } }, { coins: { gp: 10_000_000 } }],
    ['sheet.initiativeBonus', { initiativeBonus: -30 }, { initiativeBonus: -31 }],
    [
      'sheet.classes.0.level',
      { classes: [{ name: 'Bard', level: 20, hitDie: 'd8' }] },
      { classes: [{ name: 'Bard', level: 21, hitDie: 'd8' }] },
    ],
    [
      'sheet.classes',
      { classes: [{ name: 'Bard', level: 20, hitDie: 'd8' }] },
      {
        classes: [
          { name: 'Bard', level: 20, hitDie: 'd8' },
          { name: 'Monk', level: 1, hitDie: 'd8' },
        ],
      },
    ],
    [
      'sheet.spellcasting.slots.9',
      { spellcasting: { ability: 'int', slots: { 9: 20 } } },
      { spellcasting: { ability: 'int', slots: { 9: 21 } } },
    ],
  ])('%s', (field, legal, illegal) => {
    expect(faultsOf(legal)).toEqual([])
    expect(faultsOf(illegal)).toContain(field)
  })
})

describe('lists of a sheet, at the limit and one past it', () => {
  const { features, inventory, lines, resources, attacks, rollTraits } = sheetLimits
  it.each<readonly [string, number, (index: number) => unknown]>([
    ['features', features, (index) => ({ name: `F${index}` })],
    ['inventory', inventory, (index) => ({ name: `I${index}` })],
    ['languages', lines, (index) => `L${index}`],
    ['proficiencies', lines, (index) => `P${index}`],
    ['resources', resources, (index) => ({ ...resource, id: `r${index}` })],
    ['attacks', attacks, (index) => ({ ...attack, id: `a${index}` })],
    ['rollTraits', rollTraits, () => ({ on: 'save', key: null, gives: 'advantage' })],
  ])('%s', (field, max, entryOf) => {
    expect(faultsOf({ [field]: many(max, entryOf) })).toEqual([])
    expect(faultsOf({ [field]: many(max + 1, entryOf) })).toEqual([`sheet.${field}`])
  })

  it('damage is short', () => {
    const sum = (chars: number) => ({ ...attack, damage: '1+'.repeat(chars / 2 - 1).padEnd(chars, '1') })
    expect(faultsOf({ attacks: [sum(sheetLimits.damage)] })).toEqual([])
    expect(faultsOf({ attacks: [sum(sheetLimits.damage + 2)] })).toEqual(['sheet.attacks.0.damage'])
  })

  it('has no two attacks or resources of one id', () => {
    expect(faultsOf({ attacks: [attack, attack] })).toEqual(['sheet.attacks'])
    expect(faultsOf({ resources: [resource, resource] })).toEqual(['sheet.resources'])
  })
})

describe('what a sheet refuses', () => {
  it.each<readonly [string, unknown]>([
    ['sheet', { armour: 15 }],
    ['sheet.abilities.cha', { abilities: { str: 10, dex: 10, con: 10, int: 10, wis: 10 } }],
    ['sheet.skills.stealth', { skills: { stealth: 'very' } }],
    ['sheet.skills', { skills: { cooking: 'proficient' } }],
    ['sheet.attacks.0.id', { attacks: [{ id: '__proto__', name: 'Bow' }] }],
    ['sheet.attacks.0.damage', { attacks: [{ ...attack, damage: '1d8 # label' }] }],
    ['sheet.attacks.0.damage', { attacks: [{ ...attack, damage: '2x1d8' }] }],
    ['sheet.attacks.0.damage', { attacks: [{ ...attack, damage: '1dd' }] }],
    ['sheet.rollTraits.0.key', { rollTraits: [{ on: 'save', key: 'stealth', gives: 'advantage' }] }],
    ['sheet.defences.resistances.0.type', { defences: { resistances: [{ type: 'water' }] } }],
    ['sheet.notes', { notes: 'a\u202Eb' }],
    ['sheet.languages.0', { languages: ['two\nlines'] }],
  ])('%s: %j', (field, sheet) => {
    expect(faultsOf(sheet)).toEqual([field])
  })

  it('says what it expected', () => {
    const parsed = sheetSchema.safeParse({ attacks: [{ ...attack, damage: '101d6' }] })
    expect(parsed.error?.issues[0]?.message).toStartWith('Expected dice notation: As a critical hit: ')
  })
})
