import { describe, expect, it } from 'bun:test'
import { parseDocument, toFileName } from './character-file'

describe('parseDocument', () => {
  it('takes a character’s document, and leaves the rest to the table', () => {
    const document = { format: 'innkeeper-character', version: 1 }
    expect(parseDocument(JSON.stringify(document))).toEqual(document)
  })

  it.each(['', '[]', 'null', '{"format":"innkeeper-table"}', 'not JSON'])('refuses %p', (text) => {
    expect(parseDocument(text)).toBeNull()
  })
})

describe('toFileName', () => {
  it.each([
    ['Торин', 'Торин'],
    ['Lia / "Moon"?', 'Lia  Moon'],
    ['../..', 'character'],
  ])('makes of %p %p', (name, expected) => {
    expect(toFileName(name)).toBe(expected)
  })
})
