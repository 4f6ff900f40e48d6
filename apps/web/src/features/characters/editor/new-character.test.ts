import { describe, expect, it } from 'bun:test'
import { writtenCharacter } from '@innkeeper/tabletop/characters/character-payloads'
import { nobody, parseNewCharacter, toCreation } from './new-character'

describe('toCreation', () => {
  it('makes of a name alone a character that the table takes', () => {
    const creation = toCreation({ ...nobody, name: ' Лия ' })
    expect(writtenCharacter.safeParse(creation).data).toMatchObject({ name: 'Лия', summary: '' })
    expect(creation.sheet.armorClass).toBeUndefined()
  })

  it('takes the armour class as the number that it is, Dexterity or not', () => {
    const creation = toCreation({ ...nobody, name: 'Lia', className: 'Bard', level: 3, armorClass: 15 })
    expect(writtenCharacter.safeParse(creation).data).toMatchObject({
      summary: 'Bard 3',
      sheet: { classes: [{ name: 'Bard', level: 3 }], armorClass: { base: 15, dexterityMax: 0 } },
    })
  })
})

describe('parseNewCharacter', () => {
  it('brings back what was typed, and starts anew from anything else', () => {
    expect(parseNewCharacter({ name: 'Lia' })).toEqual({ ...nobody, name: 'Lia' })
    expect(parseNewCharacter({ name: 7 })).toEqual(nobody)
    expect(parseNewCharacter(null)).toEqual(nobody)
  })
})
