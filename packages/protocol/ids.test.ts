import { describe, expect, it } from 'bun:test'
import { innkeeper, parsePlayerUuid } from './ids'

describe('the uuid of a player', () => {
  it.each(['0b5e3a1c-2f1d-4c6a-9f59-1f0f6a0d3c11', 'guest:player123#Zm9vYmFy', 'x', 'x'.repeat(128)])(
    'may be %j',
    (text) => {
      expect(String(parsePlayerUuid(text))).toBe(text)
    },
  )

  it.each([innkeeper, '', 'x'.repeat(129), 'two words', 'line\nbreak', '\ud800', 7, null, undefined])(
    'cannot be %j',
    (value) => {
      expect(parsePlayerUuid(value)).toBeUndefined()
    },
  )
})
