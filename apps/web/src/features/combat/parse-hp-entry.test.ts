import { describe, expect, it } from 'bun:test'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import { damageTypes } from '@innkeeper/tabletop/table/creatures'
import fc from 'fast-check'
import { type HpWords, hpVerbs, parseHpEntry, withoutSign } from './parse-hp-entry'

const russian: HpWords = { verb: 'damage', types: catalogueOf('ru').words.damageTypes }

describe('parseHpEntry', () => {
  it.each([
    ['7', { verb: 'damage', amount: 7, type: null }],
    ['-7', { verb: 'damage', amount: 7, type: null }],
    [' − 7 ', { verb: 'damage', amount: 7, type: null }],
    ['+5', { verb: 'heal', amount: 5 }],
    ['t8', { verb: 'temporary', amount: 8 }],
    ['T 8', { verb: 'temporary', amount: 8 }],
    ['т8', { verb: 'temporary', amount: 8 }],
    ['=12', { verb: 'set', amount: 12 }],
    ['=0', { verb: 'set', amount: 0 }],
    ['2d6+3', { verb: 'damage', amount: '2d6+3', type: null }],
    ['2d6 + 3', { verb: 'damage', amount: '2d6+3', type: null }],
    ['-2к6', { verb: 'damage', amount: '2к6', type: null }],
    ['+2d4+2', { verb: 'heal', amount: '2d4+2' }],
    ['t1d4+4', { verb: 'temporary', amount: '1d4+4' }],
    ['d8', { verb: 'damage', amount: 'd8', type: null }],
    ['4d6kh3', { verb: 'damage', amount: '4d6kh3', type: null }],
    ['7 fi', { verb: 'damage', amount: 7, type: 'fire' }],
    ['-7 огонь', { verb: 'damage', amount: 7, type: 'fire' }],
    ['2d6+3 Сил', { verb: 'damage', amount: '2d6+3', type: 'force' }],
    ['2d6 [fire]+1d8 [cold]', { verb: 'damage', amount: '2d6[fire]+1d8[cold]', type: null }],
    ['9999', { verb: 'damage', amount: 9_999, type: null }],
  ] as const)('reads %p', (text, entry) => {
    expect(parseHpEntry(text, russian)).toEqual({ entry })
  })

  it.each([
    ['', 'empty'],
    ['-', 'empty'],
    ['t', 'empty'],
    ['10000', 'too-big'],
    ['=2d6', 'no-dice'],
    ['2d', 'unreadable'],
    ['2d6+', 'unreadable'],
    ['seven', 'unreadable'],
    ['7 plasma', 'unreadable'],
    ['+5 fire', 'unreadable'],
    ['7.5', 'unreadable'],
    [`1${'+1'.repeat(100)}`, 'unreadable'],
  ] as const)('does not guess what %p means', (text, problem) => {
    expect(parseHpEntry(text, russian)).toEqual({ problem })
  })

  it('lets a sign say more than what was chosen, and a bare number do what was chosen', () => {
    for (const verb of hpVerbs) {
      expect(parseHpEntry('7', { ...russian, verb })).toMatchObject({ entry: { verb, amount: 7 } })
      expect(parseHpEntry('+7', { ...russian, verb })).toMatchObject({ entry: { verb: 'heal', amount: 7 } })
    }
  })

  it('reads every amount with every sign and every damage type', () => {
    const signs = fc.constantFrom(
      ['', 'damage'],
      ['-', 'damage'],
      ['+', 'heal'],
      ['t', 'temporary'],
      ['=', 'set'],
    )
    fc.assert(
      fc.property(signs, fc.integer({ min: 0, max: 9_999 }), ([sign = '', verb = ''], amount) => {
        expect(parseHpEntry(`${sign}${amount}`, russian)).toMatchObject({ entry: { verb, amount } })
      }),
    )
    for (const type of damageTypes)
      for (const word of [type, russian.types[type]])
        expect(parseHpEntry(`3 ${word}`, russian)).toEqual({ entry: { verb: 'damage', amount: 3, type } })
  })

  it('takes nothing for dice that the table could not roll', () => {
    const piece = fc.constantFrom(
      '1',
      '2',
      '20',
      'd',
      'к',
      'd6',
      '3d8',
      '+',
      '-',
      ' ',
      '[fire]',
      'kh1',
      't',
      '=',
      '!',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const reading = parseHpEntry(pieces.join(''), russian)
        if (!('entry' in reading) || typeof reading.entry.amount === 'number') return
        const parsed = parseDice(reading.entry.amount)
        // How big dice may be is the table's to say, and it says it well.
        if ('error' in parsed) expect(parsed.error.code).toMatch(/SIDES|TOO/)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('withoutSign', () => {
  it('leaves what the sign stands before', () => {
    expect(['-7', '+5', ' t8', '=12', '2d6'].map(withoutSign)).toEqual(['7', '5', '8', '12', '2d6'])
  })
})
