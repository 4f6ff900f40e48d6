import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { fairTable, type FairPlan } from './testing/fair-table'
import { fairnessDocument, type FairnessDocument, type FairnessRoll } from './fairness-document'
import { verifyRolls, type RollVerdict } from './verify-rolls'

setDefaultTimeout(60_000)

/** Everything that a table rolls. */
const usual: readonly FairPlan[] = [
  '1d20+5',
  'd20adv+5',
  '6x4d6kh3',
  '3d6!>=5',
  '4dF',
  '2d6rr1',
  '2d8+3 [slashing] + 1d6 [fire]',
  '{1d20+5,1d20+2}kh1',
  '1d6/4',
  [20, 20, 20],
  [6],
]
/** With so many large dice, no other stream shows the same faces by chance. */
const large: readonly FairPlan[] = ['20d1000+7', Array.from({ length: 20 }, () => 1000), '2x10d1000']

const repeated = (plans: readonly FairPlan[], count: number) =>
  Array.from({ length: count }, (_, index) => plans[index % plans.length] ?? '1d6')

const verdictsOf = (document: FairnessDocument) => verifyRolls(document).rolls.map(({ verdict }) => verdict)

function withRoll(document: FairnessDocument, index: number, roll: FairnessRoll): FairnessDocument {
  return { ...document, rolls: document.rolls.with(index, roll) }
}

function flip(value: number, bit: number): number {
  return value ^ (1 << bit)
}

describe('verifying rolls', () => {
  it('finds nothing wrong with 10,000 honest rolls of three seeds', () => {
    const document = fairTable([repeated(usual, 4000), repeated(usual, 3500), repeated(usual, 2500)])
    expect(document.rolls).toHaveLength(10_000)
    const read = fairnessDocument.parse(JSON.parse(JSON.stringify(document)))
    expect(read).toEqual(document)
    const report = verifyRolls(read)
    expect(new Set(report.rolls.map(({ verdict }) => verdict))).toEqual(new Set(['ok']))
    expect([report.missing, report.repeated]).toEqual([[], []])
  })

  it('names exactly the roll of which one bit of a face or a total was changed, among 10,000', () => {
    const document = fairTable([repeated(usual, 10_000)])
    const index = 7_040
    const roll = document.rolls[index]
    if (!roll) throw new Error('no roll')
    const report = verifyRolls(
      withRoll(document, index, { ...roll, faces: roll.faces.with(0, flip(roll.faces[0] ?? 0, 2)) }),
    )
    expect(report.rolls.filter(({ verdict }) => verdict !== 'ok')).toEqual([
      {
        seed: 1,
        roll: index + 1,
        verdict: 'mismatch',
        recomputed: { faces: roll.faces, ...('totals' in roll ? { totals: roll.totals } : {}) },
      },
    ])
  })

  it('fails whatever bit of a face or a total is changed, and that roll alone', () => {
    const document = fairTable([repeated(usual, 22), repeated(usual, 22)])
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 10 }), (which, place, bit) => {
        const index = which % document.rolls.length
        const roll = document.rolls[index]
        if (!roll) throw new Error('no roll')
        const numbers = [...roll.faces, ...('totals' in roll ? roll.totals : [])]
        const at = place % numbers.length
        const changed = numbers.with(at, flip(numbers[at] ?? 0, bit))
        const faces = changed.slice(0, roll.faces.length)
        const totals = changed.slice(roll.faces.length)
        const tampered = withRoll(
          document,
          index,
          'totals' in roll ? { ...roll, faces, totals } : { ...roll, faces },
        )
        expect(verdictsOf(tampered)).toEqual(
          document.rolls.map((_, other) => (other === index ? 'mismatch' : 'ok')),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('fails whatever bit of a nonce, an expression or a number is changed, and that roll alone', () => {
    const document = fairTable([repeated(large, 9), repeated(large, 9)])
    let failed = 0
    fc.assert(
      fc.property(
        fc.nat({ max: 17 }),
        fc.constantFrom('nonce' as const, 'expression' as const, 'seed' as const, 'roll' as const),
        fc.record({ place: fc.nat({ max: 20 }), bit: fc.nat({ max: 6 }) }),
        (index, field, { place, bit }) => {
          const roll = document.rolls[index]
          const value = roll && { ...roll, expression: undefined, ...roll }[field]
          if (value === undefined) return
          const read = fairnessDocument.safeParse({
            ...document,
            rolls: document.rolls.with(index, {
              ...roll,
              [field]: typeof value === 'number' ? flip(value, bit) : flipped(value, place, bit),
            } as FairnessRoll),
          })
          if (!read.success) return
          failed += 1
          verdictsOf(read.data).forEach((verdict, other) => {
            if (other === index) expect(verdict).not.toBe('ok')
            else expect(verdict).toBe('ok')
          })
        },
      ),
      { numRuns: 500 },
    )
    expect(failed).toBeGreaterThan(250)
  })

  it('fails all rolls of a seed of which one bit, or one of its commitment, was changed', () => {
    const document = fairTable([repeated(usual, 5), repeated(usual, 5)])
    fc.assert(
      fc.property(
        fc.nat({ max: 1 }),
        fc.constantFrom('seed' as const, 'commit' as const),
        fc.nat({ max: 255 }),
        (index, field, bit) => {
          const seeds = document.seeds.map((entry, other) =>
            other === index ? { ...entry, [field]: flippedHex(entry[field] ?? '', bit) } : entry,
          )
          expect(verdictsOf({ ...document, seeds })).toEqual(
            document.rolls.map(({ seed }) => (seed === index + 1 ? 'bad-commitment' : 'ok')),
          )
        },
      ),
    )
  })

  const honest = fairTable([['1d20', [6, 6]], ['2d6']])
  const verdicts: readonly (readonly [string, FairnessDocument, readonly RollVerdict[]])[] = [
    [
      'a seed that is still secret is not revealed',
      {
        ...honest,
        seeds: honest.seeds.map(({ number, commit, seed }) =>
          number === 1 ? { number, commit } : { number, commit, seed },
        ),
      },
      ['not-revealed', 'not-revealed', 'ok'],
    ],
    [
      'a roll of a seed that was never committed to has no commitment',
      { ...honest, seeds: honest.seeds.slice(1) },
      ['bad-commitment', 'bad-commitment', 'ok'],
    ],
    [
      'a face more or less is a mismatch',
      { ...honest, rolls: honest.rolls.map((roll) => ({ ...roll, faces: [...roll.faces, 1] })) },
      ['mismatch', 'mismatch', 'mismatch'],
    ],
    [
      'no expression, a refused one and another notation are mismatches',
      {
        ...honest,
        rolls: ['nonsense', '1d0', 'd20'].map((expression) => ({
          ...{ seed: 1, roll: 1, nonce: 'nonce 0' },
          expression,
          ...{ faces: honest.rolls[0]?.faces ?? [], totals: honest.rolls[0]?.faces ?? [] },
        })),
      },
      ['mismatch', 'mismatch', 'mismatch'],
    ],
    ['a table without rolls has none to verify', fairTable([]), []],
  ]
  it.each(verdicts)('%s', (_, document, expected) => {
    expect(verdictsOf(document)).toEqual([...expected])
  })

  it('an explosion without end is a mismatch, not a hang', () => {
    const roll = { seed: 1, roll: 1, nonce: 'n', expression: '1d1000!>=2', faces: [1], totals: [1] }
    const [verified] = verifyRolls({ ...honest, rolls: [roll] }).rolls
    expect(verified).toEqual({ seed: 1, roll: 1, verdict: 'mismatch' })
  })

  it('names the numbers of rolls that are not there, and those that are there twice', () => {
    const document = fairTable([repeated(usual, 9), repeated(usual, 2)])
    const kept = document.rolls.filter(({ seed, roll }) => seed === 2 || ![1, 4, 5, 9].includes(roll))
    const twice = document.rolls.slice(2, 3)
    const report = verifyRolls({ ...document, rolls: [...kept, ...twice].toReversed() })
    expect(report.missing).toEqual([
      { seed: 1, from: 1, to: 1 },
      { seed: 1, from: 4, to: 5 },
      { seed: 1, from: 9, to: 9 },
    ])
    expect(report.repeated).toEqual([{ seed: 1, roll: 3 }])
  })
})

describe('the fairness document', () => {
  const honest = fairTable([['1d20', [6]]])
  const [seed] = honest.seeds
  const [expression, draw] = honest.rolls

  it.each([
    ['a commitment in capitals', { ...honest, seeds: [{ ...seed, commit: seed?.commit.toUpperCase() }] }],
    ['a short seed', { ...honest, seeds: [{ ...seed, seed: seed?.seed?.slice(2) }] }],
    ['a seed twice', { ...honest, seeds: [seed, seed] }],
    ['roll 0', { ...honest, rolls: [{ ...draw, roll: 0 }] }],
    ['a nonce with a colon', { ...honest, rolls: [{ ...expression, nonce: '1:2' }] }],
    ['half a face', { ...honest, rolls: [{ ...draw, faces: [1.5] }] }],
    ['a die of 1001 sides', { ...honest, rolls: [{ ...draw, sides: [1001] }] }],
    ['both an expression and dice', { ...honest, rolls: [{ ...expression, ...draw }] }],
    ['a secret that belongs elsewhere', { ...honest, secrets: {} }],
    ['no rolls', { seeds: [] }],
  ])('has no place for %s', (_, document) => {
    expect(fairnessDocument.safeParse(document).success).toBe(false)
  })
})

function flipped(text: string, place: number, bit: number): string {
  const at = place % text.length
  return text.slice(0, at) + String.fromCharCode(flip(text.charCodeAt(at), bit)) + text.slice(at + 1)
}

function flippedHex(digits: string, bit: number): string {
  const at = bit >> 2
  const digit = flip(Number.parseInt(digits[at] ?? '', 16), bit & 3)
  return digits.slice(0, at) + digit.toString(16) + digits.slice(at + 1)
}
