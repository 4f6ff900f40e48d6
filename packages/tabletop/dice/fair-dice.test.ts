import { describe, expect, it } from 'bun:test'
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { commitOf, facesFrom, fairFaces, type FairRoll } from './fair-dice'
import { roll } from './dice-testing'

const seed = Uint8Array.from({ length: 32 }, (_, index) => index)
const first: FairRoll = { seed, seedNumber: 1, rollNumber: 2, nonce: 'three' }

function facesOf(fair: FairRoll, sides: readonly number[]): readonly number[] {
  return sides.map(fairFaces(fair))
}

const many = (sides: number, count = 40) => Array.from({ length: count }, () => sides)

/** The stream as its description has it, written a second time with the server's own cryptography. */
function describedFaces(
  { seed, seedNumber, rollNumber, nonce }: FairRoll,
  sides: readonly number[],
): number[] {
  const words: number[] = []
  for (let block = 0; words.length < 10 * sides.length + 8; block += 1) {
    const bytes = createHmac('sha256', seed).update(`${seedNumber}:${rollNumber}:${nonce}:${block}`).digest()
    for (let at = 0; at < bytes.length; at += 4) words.push(bytes.readUInt32BE(at))
  }
  return sides.map((count) => {
    const limit = Math.floor(2 ** 32 / count) * count
    for (;;) {
      const word = words.shift() ?? NaN
      if (!(word >= limit)) return 1 + (word % count)
    }
  })
}

describe('a fair die', () => {
  it('commits to a seed with its SHA-256', () => {
    expect(commitOf(seed)).toBe(createHash('sha256').update(seed).digest('hex'))
    expect(commitOf(seed)).toBe('630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd')
  })

  it('falls as it always has', () => {
    expect(facesOf(first, many(20, 12))).toEqual([12, 19, 13, 12, 16, 11, 3, 7, 1, 6, 10, 6])
    expect(facesOf({ ...first, rollNumber: 3 }, [4, 6, 8, 10, 12, 20, 100, 1000, 3, 2, 1])).toEqual([
      1, 5, 6, 3, 11, 5, 23, 817, 2, 1, 1,
    ])
  })

  it('falls as described, whatever the roll', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
          seedNumber: fc.integer({ min: 1 }),
          rollNumber: fc.integer({ min: 1 }),
          nonce: fc.stringMatching(/^[ -9;-~]{1,64}$/),
        }),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 2 ** 32 })), {
          maxLength: 50,
        }),
        (fair, sides) => {
          expect(facesOf(fair, sides)).toEqual(describedFaces(fair, sides))
        },
      ),
    )
  })

  it('falls otherwise as soon as anything about the roll is another', () => {
    const otherSeed = seed.with(31, 30)
    const others = [
      first,
      { ...first, seed: otherSeed },
      { ...first, seedNumber: 2 },
      { ...first, rollNumber: 1 },
      { ...first, nonce: 'Three' },
      // Together these would read alike, were the fields not kept apart.
      { ...first, seedNumber: 12, rollNumber: 3 },
      { ...first, seedNumber: 1, rollNumber: 23 },
    ].map((fair) => facesOf(fair, many(1000)).join())
    expect(new Set(others).size).toBe(others.length)
  })

  it('skips words of the last, incomplete round of faces', () => {
    const drawn: number[] = []
    const dieOf = (...words: readonly number[]) => {
      const left = [...words]
      return facesFrom(() => {
        const word = left.shift() ?? NaN
        drawn.push(word)
        return word
      })
    }
    // 2^32 is 214748364 rounds of 20 and 16 more.
    const limit = 4_294_967_280
    expect(dieOf(limit - 1)(20)).toBe(20)
    expect(dieOf(limit, 2 ** 32 - 1, 6)(20)).toBe(7)
    expect(drawn).toEqual([limit - 1, limit, 2 ** 32 - 1, 6])
    expect(dieOf(2 ** 32 - 1)(16)).toBe(16)
    expect(dieOf(2 ** 32 - 1)(2 ** 32)).toBe(2 ** 32)
    expect(dieOf(123)(1)).toBe(1)
  })

  it.each([0, -1, 1.5, NaN, 2 ** 32 + 1])('has no %p sides', (sides) => {
    expect(() => fairFaces(first)(sides)).toThrow(RangeError)
  })

  it.each([31, 33])('takes no seed of %p bytes', (length) => {
    expect(() => commitOf(new Uint8Array(length))).toThrow(RangeError)
    expect(() => fairFaces({ ...first, seed: new Uint8Array(length) })).toThrow(RangeError)
  })

  it('takes a nonce of 1 to 64 printable ASCII characters, but no colon', () => {
    for (const nonce of ['', 'a'.repeat(65), '1:2', 'é', 'a\n', '\u007F', '\t'])
      expect(() => fairFaces({ ...first, nonce })).toThrow(RangeError)
    for (const nonce of ['a', 'a'.repeat(64), ' ~!"9;'])
      expect(facesOf({ ...first, nonce }, [20])[0]).toBeWithin(1, 21)
  })

  it('rolls whole expressions, Fate dice among them', () => {
    const die = fairFaces(first)
    const faces: number[] = []
    const result = roll('4dF+2d20kh1', (sides) => {
      faces.push(die(sides))
      return faces.at(-1) ?? 0
    })
    if (!('outcomes' in result)) throw new Error('refused')
    expect(faces).toEqual([...facesOf(first, [3, 3, 3, 3, 20, 20])])
    expect(result.outcomes[0]?.terms[0]?.dice.map(({ face }) => face + 2)).toEqual(faces.slice(0, 4))
  })
})
