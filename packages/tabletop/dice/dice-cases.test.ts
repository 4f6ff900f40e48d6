import { describe, expect, it } from 'bun:test'
import { diceHints, type DiceErrorCode } from './dice-errors'
import { parseDice } from './parse-dice'
import { printDice } from './print-dice'
import { roll, scriptedDie } from './dice-testing'

const scores = [6, 5, 4, 3, 1, 1, 1, 1, 2, 2, 2, 2, 6, 6, 6, 1, 3, 4, 5, 6, 5, 5, 5, 5]

// number of the case, expression, faces in order, total (or totals), canonical notation
const accepted: readonly (readonly [
  number | string,
  string,
  readonly number[],
  number | readonly number[],
  string,
])[] = [
  [1, 'd20', [14], 14, '1d20'],
  [3, '1D20 + 5', [10], 15, '1d20+5'],
  [4, 'd20-1', [1], 0, '1d20-1'],
  [5, '2d6+1d4+3', [6, 1, 4], 14, '2d6+1d4+3'],
  [7, '1d20+1d4-2', [12, 3], 13, '1d20+1d4-2'],
  [8, 'd%', [57], 57, '1d100'],
  [9, '2d20kh1+5', [7, 17], 22, '2d20kh1+5'],
  [11, '2d20kl1+5', [7, 17], 12, '2d20kl1+5'],
  [12, '2d20kl', [7, 17], 7, '2d20kl1'],
  [13, 'd20adv+5', [7, 17], 22, '2d20kh1+5'],
  ['13b', 'd20 dis + 5', [7, 17], 12, '2d20kl1+5'],
  [15, '3d20kh1', [2, 19, 11], 19, '3d20kh1'],
  [16, '4d6kh3', [1, 3, 6, 4], 13, '4d6kh3'],
  [17, '4d6k3', [1, 3, 6, 4], 13, '4d6kh3'],
  [19, '4d6d1', [1, 3, 6, 4], 13, '4d6dl1'],
  [20, '2d20dh1', [7, 17], 7, '2d20dh1'],
  [21, '6x4d6kh3', scores, [15, 3, 6, 18, 15, 15], '6x4d6kh3'],
  [23, '2d6ro<=2+3', [2, 5, 6], 14, '2d6ro<=2+3'],
  [24, '1d20ro1+7', [1, 12], 19, '1d20ro1+7'],
  [25, '2d6rr1', [1, 5, 1, 3], 8, '2d6rr1'],
  [27, '1d20min10+11', [4], 21, '1d20min10+11'],
  [28, '3d6!', [6, 2, 3, 4], 15, '3d6!'],
  [29, '3d6!>=5', [5, 6, 1, 2, 5, 3], 22, '3d6!>=5'],
  [31, '8d6/2', [3, 3, 3, 3, 3, 3, 3, 4], 12, '8d6/2'],
  [32, 'floor(8d6/2)', [3, 3, 3, 3, 3, 3, 3, 4], 12, 'floor(8d6/2)'],
  [33, '8d6//2', [3, 3, 3, 3, 3, 3, 3, 4], 12, '8d6//2'],
  [35, '(1d6+2)*2', [4], 12, '(1d6+2)*2'],
  [36, '2d8+3 [slashing] + 1d6 [fire]', [5, 6, 2], 16, '2d8+3 [slashing]+1d6 [fire]'],
  [37, '1d20+5 # attack vs goblin', [11], 16, '1d20+5'],
  [39, '{1d20+5, 1d20+2}kh1', [4, 18], 20, '{1d20+5,1d20+2}kh1'],
  [40, '1к20−1', [10], 9, '1d20-1'],
  // A Fate die draws 1 to 3 for -1 to 1.
  ['fate', '4dF', [3, 1, 2, 3], 1, '4dF'],
  ['ru', '2к20вл1', [3, 17], 17, '2d20kh1'],
  ['ru', '2К20ВХ', [3, 17], 3, '2d20kl1'],
  ['ru', '4Д6д1', [1, 3, 6, 4], 13, '4d6dl1'],
  ['nbsp', '1d20\u00A0+\u00A05', [1], 6, '1d20+5'],
  ['glyphs', '2d6×2÷4·6:3–1', [3, 5], 7, '2d6*2/4*6/3-1'],
  ['x', '3d6x', [6, 2, 3, 4], 15, '3d6!'],
  ['x', '3d6x>=5', [5, 1, 1, 2], 9, '3d6!>=5'],
  ['compound', '2d6!!', [6, 1, 6, 2], 15, '2d6!!'],
  ['compound keeps the sum', '2d6!!kh1', [6, 5, 3], 9, '2d6!!kh1'],
  ['penetrate', '2d6!p', [6, 1, 6, 2], 13, '2d6!p'],
  ['explode equal', '2d6!5', [5, 1, 6], 12, '2d6!5'],
  ['explode equal', '2d6!=6', [6, 1, 6, 2], 15, '2d6!'],
  ['explosions are rerolled', '1d6!ro1', [6, 1, 1], 7, '1d6ro1!'],
  ['> is strict', '3d6>4', [4, 5, 6], 2, '3d6>4'],
  ['failures', '4d10>=8f1', [8, 10, 1, 5], 1, '4d10>=8f1'],
  ['failures', '4d10>=8f<=2', [8, 2, 1, 5], -1, '4d10>=8f<=2'],
  ['default explosion and successes', '2d6!6>=5', [6, 1, 5], 2, '2d6!6>=5'],
  ['any order of modifiers', '4d6kh3ro1', [1, 3, 6, 4, 2], 13, '4d6ro1kh3'],
  ['several rerolls', '2d8r1r3', [1, 2, 3, 8], 10, '2d8rr1rr3'],
  ['bare reroll', '1d8r', [1, 2], 2, '1d8rr1'],
  ['drop at both ends', '4d6dl1dh1', [1, 3, 6, 4], 7, '4d6dl1dh1'],
  ['max', '2d20max10', [4, 17], 14, '2d20max10'],
  ['mi ma', '2d20mi5ma10', [4, 17], 15, '2d20min5max10'],
  ['pool sum', '{1d6,2d6}', [1, 2, 3], 6, '{1d6,2d6}'],
  ['pool drop', '{1d6,2d6,5}dl1', [1, 2, 3], 10, '{1d6,2d6,5}dl1'],
  ['pool successes', '{1d20+5,1d20+2}>=15', [10, 12], 1, '{1d20+5,1d20+2}>=15'],
  ['functions', 'ceil(1d6/2)+round(1d6/2)+abs(1-1d6)', [5, 5, 4], 9, 'ceil(1d6/2)+round(1d6/2)+abs(1-1d6)'],
  ['functions', 'max(1d6, 3) + min(1d6, 3, 2)', [1, 6], 5, 'max(1d6,3)+min(1d6,3,2)'],
  ['power', '2**3**2-2^2', [], 508, '2**9-2**2'],
  ['power before sign', '-2**2', [], -4, '-2**2'],
  ['signs', '- -1d6 - +2 * -3', [4], 10, '1d6-2*-3'],
  ['counted dice', '(1+2)d6', [1, 2, 3], 6, '3d6'],
  ['rounded down once', '1d6/2+1d6/2', [3, 3], 3, '1d6/2+1d6/2'],
  ['down is down below zero', '(1-1d6)/2', [4], -2, '(1-1d6)/2'],
  ['thirds are exact', '1d6/3*3', [1], 1, '1d6/3*3'],
  ['decimals are exact', '10*0.1+1d6*0.7', [1], 1, '10*0.1+1d6*0.7'],
  ['// floors at once', '1d6//2+1d6//2', [3, 3], 2, '1d6//2+1d6//2'],
  ['// goes down below zero', '-7//2', [], -3, '-7//2'],
]

describe('expressions that are understood', () => {
  for (const [name, text, faces, expected, canonical] of accepted) {
    it(`[dice 3.${name}] ${text}`, () => {
      const die = scriptedDie(faces)
      const result = roll(text, die)
      if ('error' in result) throw new Error(result.error.code)
      expect('totals' in result ? result.totals : result.total).toEqual(expected)
      expect(result.canonical).toBe(canonical)
      expect(die.left()).toBe(0)
    })
  }

  it.each(accepted.map(([, , , , canonical]) => canonical))(
    '%s is its own canonical notation',
    (canonical) => {
      const parsed = parseDice(canonical)
      expect('expression' in parsed && printDice(parsed.expression)).toBe(canonical)
    },
  )
})

describe('what a result tells', () => {
  const outcomeOf = (text: string, faces: readonly number[]) => {
    const result = roll(text, scriptedDie(faces))
    if (!('total' in result)) throw new Error('no total')
    return result
  }

  it('[dice 3.36] damage by type, merged whatever the case, and what has none', () => {
    const result = outcomeOf('2d8+3 [slashing] + 1d6 [fire] + 1d4 [Fire] - 1', [5, 6, 2, 4])
    expect(result.types).toEqual(['slashing', 'fire', null])
    expect(result.outcomes[0]?.parts).toEqual([{ total: 14 }, { total: 6 }, { total: -1 }])
  })

  it('[dice 3.31] what rounding down cut off', () => {
    expect(outcomeOf('8d6/2', [3, 3, 3, 3, 3, 3, 3, 4])).toMatchObject({ total: 12, exact: '12.5' })
    expect(outcomeOf('1d6/3', [4])).toMatchObject({ total: 1, exact: '1.333…' })
    expect(outcomeOf('-1d6/8', [1])).toMatchObject({ total: -1, exact: '-0.125' })
    expect(outcomeOf('8d6/2', [3, 3, 3, 3, 3, 3, 3, 3])).not.toHaveProperty('exact')
  })

  it('[dice 3.37] the label is kept', () => {
    expect(outcomeOf('1d20+5 # attack vs goblin', [11]).label).toBe('attack vs goblin')
  })

  it('[dice 3.39] both totals of a pool, and which one was not kept', () => {
    const [outcome] = outcomeOf('{1d20+5, 1d20+2}kh1', [4, 18]).outcomes
    expect(outcome?.pools).toEqual([{ entries: [{ total: 9, isDropped: true }, { total: 20 }] }])
    expect(outcome?.terms.map((term) => term.isDropped ?? false)).toEqual([true, false])
  })

  it('every face, and what happened to it', () => {
    const dice = (text: string, faces: readonly number[]) =>
      outcomeOf(text, faces).outcomes[0]?.terms[0]?.dice
    expect(dice('3d6!kh2', [6, 2, 3, 4])).toEqual([
      { face: 6, exploded: true },
      { face: 4 },
      { face: 2, fate: 'dropped' },
      { face: 3, fate: 'dropped' },
    ])
    expect(dice('2d6rr1', [5, 1, 1, 3])).toEqual([
      { face: 5 },
      { face: 1, fate: 'rerolled' },
      { face: 1, fate: 'rerolled' },
      { face: 3 },
    ])
    expect(dice('1d6!!', [6, 6, 1])).toEqual([
      { face: 6, value: 13, exploded: true },
      { face: 6, exploded: true, fate: 'joined' },
      { face: 1, fate: 'joined' },
    ])
    expect(dice('1d6!p', [6, 3])).toEqual([
      { face: 6, exploded: true },
      { face: 3, value: 2 },
    ])
    expect(dice('1d20min10', [4])).toEqual([{ face: 4, value: 10 }])
    expect(dice('3d10>=8f1', [8, 1, 5])).toEqual([{ face: 8, score: 1 }, { face: 1, score: -1 }, { face: 5 }])
  })

  it('of equal dice the earlier is kept', () => {
    const fates = (text: string) =>
      outcomeOf(text, [3, 3, 3]).outcomes[0]?.terms[0]?.dice.map((die) => die.fate)
    expect(fates('3d6kh1')).toEqual([undefined, 'dropped', 'dropped'])
    expect(fates('3d6kl1')).toEqual([undefined, 'dropped', 'dropped'])
    expect(fates('3d6dl1')).toEqual([undefined, undefined, 'dropped'])
    expect(fates('3d6dh1')).toEqual([undefined, undefined, 'dropped'])
    expect(fates('3d6dl1dh1')?.filter((fate) => fate === 'dropped')).toHaveLength(2)
  })

  it('says which faces a comparison means', () => {
    expect(outcomeOf('3d6>4', [1, 2, 3]).terms).toEqual([
      { notation: '3d6>4', readings: [{ text: '>4', from: 5, to: 6 }] },
    ])
  })
})

const deep = `${'('.repeat(1000)}1d6${')'.repeat(1000)}`

// number of the case, text, code, position
const refused: readonly (readonly [number | string, string, DiceErrorCode, number])[] = [
  [1, '999999d999999', 'TOO_MANY_DICE', 0],
  [2, Array.from({ length: 300 }, () => '999d6').join('+'), 'TOO_MANY_DICE', 0],
  [3, '1d1!', 'CANNOT_EXPLODE', 3],
  [5, '999d2!>0', 'ALWAYS_EXPLODES', 5],
  [6, '1d6rr<=6', 'ALWAYS_REROLLS', 3],
  [6, '1d6r<=6', 'ALWAYS_REROLLS', 3],
  [7, deep, 'TOO_DEEP', 16],
  [9, '1d0', 'BAD_SIDES', 2],
  [9, '0d6', 'BAD_COUNT', 0],
  [9, '1d-6', 'BAD_SIDES', 2],
  [10, '1d6.5', 'NOT_INTEGER', 2],
  [10, '1.5d6', 'NOT_INTEGER', 0],
  [10, '1e3d6', 'NOT_INTEGER', 0],
  [11, '4d6kh5', 'KEEP_TOO_MANY', 3],
  [13, '1d20/0', 'DIVISION_BY_ZERO', 4],
  [13, '0/0', 'DIVISION_BY_ZERO', 1],
  [14, '9**9**9**9', 'NUMBER_TOO_BIG', 6],
  [14, '(99^99)d20', 'NUMBER_TOO_BIG', 4],
  [15, '1d9007199254740991', 'BAD_SIDES', 2],
  [17, '1d6+'.repeat(5000), 'TOO_LONG', 200],
  [18, '1d20<script>alert(1)</script>', 'UNEXPECTED_CHAR', 5],
  [19, "constructor('x')()", 'UNKNOWN_NAME', 0],
  [19, '__proto__', 'UNKNOWN_NAME', 0],
  [19, 'cos(1)', 'UNKNOWN_NAME', 0],
  [19, '1d20+@str', 'UNKNOWN_NAME', 5],
  ['built-in name', 'toString(1)', 'UNKNOWN_NAME', 0],
  ['empty', '', 'EMPTY', 0],
  ['spaces', '  ', 'EMPTY', 2],
  ['only a label', '# only a label', 'EMPTY', 0],
  ['trailing text', '1d20 attack', 'UNKNOWN_NAME', 5],
  ['two terms', '1d20 5', 'UNEXPECTED_CHAR', 5],
  ['end', '1d20+', 'UNEXPECTED_END', 5],
  ['end', '(1d20', 'UNEXPECTED_END', 5],
  ['end', '1d20 [fire', 'UNEXPECTED_END', 10],
  ['no sides', '1d', 'BAD_SIDES', 2],
  ['word that begins with d', 'drop(2)', 'UNKNOWN_NAME', 0],
  ['drop all', '2d6dl1dh1', 'DROP_TOO_MANY', 3],
  ['keep none', '2d6kh0', 'BAD_COUNT', 5],
  ['never explodes', '1d6!>6', 'CANNOT_EXPLODE', 3],
  ['explodes once rerolls are done', '1d6rr<6!', 'ALWAYS_EXPLODES', 3],
  ['rerolls in pieces', '1d6rr<=3rr>=4', 'ALWAYS_REROLLS', 3],
  ['two explosions', '1d6!x', 'MODIFIER_CONFLICT', 4],
  ['keep and drop', '4d6kh3dl1', 'MODIFIER_CONFLICT', 6],
  ['min above max', '1d6min4max3', 'MODIFIER_CONFLICT', 7],
  ['ro and rr', '1d6ro1rr2', 'MODIFIER_CONFLICT', 6],
  ['adv and dis', 'd20advdis', 'MODIFIER_CONFLICT', 6],
  ['adv on another die', 'd12adv', 'NEEDS_ONE_D20', 3],
  ['adv on two', '2d20adv', 'NEEDS_ONE_D20', 4],
  ['may be zero', '10/(1d6-3)', 'DIVISION_BY_ZERO', 2],
  ['may be zero', '10//(1d6-1)', 'DIVISION_BY_ZERO', 2],
  ['dice as count', '(1d4)d6', 'NOT_CONSTANT', 0],
  ['dice as exponent', '2**1d4', 'NOT_CONSTANT', 3],
  ['half a count', '(3/2)d6', 'NOT_INTEGER', 0],
  ['half a base', '(1d6/2)**2', 'NOT_INTEGER', 9],
  ['negative count', '(1-2)d6', 'BAD_COUNT', 0],
  ['arity', 'floor(1,2)', 'BAD_ARGUMENTS', 0],
  ['label inside', '(1d6 [fire])/2', 'LABEL_MISPLACED', 5],
  ['label before a factor', '1d6 [fire]*2', 'LABEL_MISPLACED', 10],
  ['empty label', '1d6 []', 'BAD_LABEL', 5],
  ['control character in a label', '1d6 # a\u0007b', 'BAD_LABEL', 5],
  ['text direction in a label', '1d6 [a\u202Eb]', 'BAD_LABEL', 5],
  ['half a surrogate pair', '1d6 # \uD800', 'BAD_LABEL', 5],
  ['line break', '1d6\n+1', 'UNEXPECTED_CHAR', 3],
  ['other glyphs are not normalised', '1\uFF446', 'UNKNOWN_NAME', 1],
  ['dice that could go past the largest number', '(1d20)**6', 'NUMBER_TOO_BIG', 0],
]

describe('expressions that are refused', () => {
  for (const [name, text, code, position] of refused) {
    it(`[dice 4.${name}] ${text.slice(0, 60)}`, () => {
      const parsed = parseDice(text)
      if (!('error' in parsed)) throw new Error(`accepted as ${printDice(parsed.expression)}`)
      expect(parsed.error).toEqual({ code, position, hint: diceHints[code] })
    })
  }

  it('[dice 4.18] markup in a label is text like any other', () => {
    const parsed = parseDice('1d20[<img src=x onerror=alert(1)>]')
    expect('expression' in parsed && parsed.expression.parts[0]?.type).toBe('<img src=x onerror=alert(1)>')
  })
})
