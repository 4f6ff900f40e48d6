import { describe, expect, it } from 'bun:test'
import { diceLimits } from './dice-limits'
import { roll } from './dice-testing'
import { parseDice } from './parse-dice'
import { rollDice } from './roll-dice'

const always = (face: number) => () => face
const refusalOf = (text: string) => {
  const parsed = parseDice(text)
  return 'error' in parsed ? parsed.error.code : 'accepted'
}
const brackets = (depth: number) => `${'('.repeat(depth)}1d6${')'.repeat(depth)}`
const list = (length: number) => Array.from({ length }, () => '1').join(',')

describe('limits, at the limit and one past it', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['200 characters', `1d6${' '.repeat(197)}`, `1d6${' '.repeat(198)}`, 'TOO_LONG'],
    ['200 characters with the label', `1d6#${'a'.repeat(196)}`, `1d6#${'a'.repeat(197)}`, 'TOO_LONG'],
    ['200 dice in one term', '200d6', '201d6', 'TOO_MANY_DICE'],
    ['200 dice in all terms', '100d6+99d6+1d6', '100d6+99d6+2d6', 'TOO_MANY_DICE'],
    ['200 dice in all repeats', '10x20d6', '10x20d6+1d6', 'TOO_MANY_DICE'],
    ['the second die of an advantage', '199d6+1d20', '199d6+d20adv', 'TOO_MANY_DICE'],
    ['1000 sides', '1d1000', '1d1001', 'BAD_SIDES'],
    ['1 side', '1d1', '1d0', 'BAD_SIDES'],
    ['16 brackets', brackets(16), brackets(17), 'TOO_DEEP'],
    [
      '16 functions and pools',
      `${'floor({'.repeat(8)}1d6${'})'.repeat(8)}`,
      `(${'floor({'.repeat(8)}1d6${'})'.repeat(8)})`,
      'TOO_DEEP',
    ],
    ['12 repeats', '12x1d6', '13x1d6', 'REPEAT_TOO_MANY'],
    ['1 repeat', '1x1d6', '0x1d6', 'BAD_COUNT'],
    ['60 entries in a pool', `{${list(60)}}`, `{${list(61)}}`, 'POOL_TOO_MANY'],
    ['60 entries in all repeats', `12x{${list(5)}}`, `12x{${list(6)}}`, 'POOL_TOO_MANY'],
    ['numbers to a million', '1000000', '1000001', 'NUMBER_TOO_BIG'],
    ['sums to a million', '999999+1', '1000000+1', 'NUMBER_TOO_BIG'],
    ['sums down to minus a million', '-999999-1', '-1000000-1', 'NUMBER_TOO_BIG'],
    ['products to a million', '1000*1000', '1001*1000', 'NUMBER_TOO_BIG'],
    ['products of dice to a million', '200d1000*5', '200d1000*5.000001', 'NUMBER_TOO_BIG'],
    ['exponents to 20', '1**20', '1**21', 'NUMBER_TOO_BIG'],
    ['6 decimals', '0.000001', '0.0000001', 'TOO_PRECISE'],
    [
      '8 damage types',
      '1[a]+1[b]+1[c]+1[d]+1[e]+1[f]+1[g]+1[h]+1[H]+1',
      '1[a]+1[b]+1[c]+1[d]+1[e]+1[f]+1[g]+1[h]+1[i]',
      'TYPES_TOO_MANY',
    ],
    ['keep all', '4d6kh4', '4d6kh5', 'KEEP_TOO_MANY'],
    ['drop all but one', '4d6dl3', '4d6dl4', 'DROP_TOO_MANY'],
    ['keep all of a pool', '{1,2}kl2', '{1,2}kl3', 'KEEP_TOO_MANY'],
    ['faces raised to 1000', '1d6min1000', '1d6min1001', 'NUMBER_TOO_BIG'],
  ]

  for (const [name, inside, outside, code] of cases) {
    it(name, () => {
      expect(refusalOf(inside)).toBe('accepted')
      expect(refusalOf(outside)).toBe(code)
    })
  }

  it('explosions count: the 200th die is rolled, a 201st is refused where its term starts', () => {
    const ending = (last: number) => {
      let drawn = 0
      return () => (++drawn > last ? 1 : 6)
    }
    const fits = roll('1+1d6!', ending(199))
    expect('outcomes' in fits && fits.outcomes[0]?.terms[0]?.dice.length).toBe(200)
    expect(roll('1+1d6!', ending(200))).toMatchObject({ error: { code: 'TOO_MANY_DICE', position: 2 } })
  })

  it.each(['1d6!', '1d6!!', '1d6!p', '1d6rr6', '12x1d6!', '{1d6!,1d6}kh1'])(
    '%s ends even when the die is stuck',
    (text) => {
      expect(roll(text, always(6))).toMatchObject({ error: { code: 'TOO_MANY_DICE' } })
    },
  )

  it('even when every die explodes and is dropped, a result stays within 16 KB', () => {
    const luck = (last: number) => {
      let drawn = 0
      return () => (++drawn >= last ? 1 : 1000)
    }
    const wide = `1d1000!pkl1 [${'€'.repeat(186)}]`
    const pool = `{1d1000!pkl1${',1'.repeat(59)}}kl1 # ${'€'.repeat(60)}`
    for (const text of [wide, pool, '200d1000min999kl1', `12x{${'d1000min999+'.repeat(14)}d9,1}kl1`]) {
      const result = roll(text, luck(text.startsWith('1d') || text.startsWith('{') ? 200 : 0))
      expect('outcomes' in result).toBe(true)
      expect(new TextEncoder().encode(JSON.stringify(result)).length).toBeLessThanOrEqual(16 * 1024)
    }
  })

  it('a result past the limit of bytes is refused', () => {
    const parsed = parseDice('10d6')
    if ('error' in parsed) throw new Error(parsed.error.code)
    const size = JSON.stringify(rollDice(parsed.expression, always(6))).length
    expect('total' in rollDice(parsed.expression, always(6), { ...diceLimits, resultBytes: size })).toBe(true)
    expect(rollDice(parsed.expression, always(6), { ...diceLimits, resultBytes: size - 1 })).toMatchObject({
      error: { code: 'RESULT_TOO_BIG' },
    })
  })

  it('a text of any length is refused by its first 200 characters', () => {
    expect(refusalOf(' '.repeat(10_000_000))).toBe('TOO_LONG')
    expect(refusalOf(`1d6 + ?${'1'.repeat(10_000_000)}`)).toBe('UNEXPECTED_CHAR')
  })

  it('a table may have its own limits', () => {
    const parsed = parseDice('1d2000', {
      ...{ characters: 50, dice: 10, sides: 2000, nesting: 2, repeats: 2 },
      poolEntries: 4,
      types: 1,
      resultBytes: 1000,
      magnitude: 5000,
      decimals: 0,
      exponent: 2,
    })
    expect('expression' in parsed).toBe(true)
  })
})
