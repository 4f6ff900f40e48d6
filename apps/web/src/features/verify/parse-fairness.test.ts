import { describe, expect, it } from 'bun:test'
import { fairnessDocument, type FairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
import { fairTable } from '@innkeeper/tabletop/dice/testing/fair-table'
import fc from 'fast-check'
import { parseFairness } from './parse-fairness'

const table: FairnessDocument = fairTable([['2d20kh1+5', '3d6!', '2x4dF', [20, 6]], ['1d4']])

function accepts(value: unknown): boolean {
  try {
    parseFairness(value)
    return true
  } catch {
    return false
  }
}

/** The document with one of its values, at any depth, replaced or taken away. */
function mangled(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return by
  const keys = Object.keys(value)
  const key = keys[step % Math.max(1, keys.length)] ?? 'more'
  if (rest.length === 0 && by === undefined && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).filter(([known]) => known !== key))
  const replace = (known: string, inner: unknown) => (known === key ? mangled(inner, rest, by) : inner)
  return Array.isArray(value)
    ? value.map((inner: unknown, index) => replace(String(index), inner))
    : Object.fromEntries(Object.entries(value).map(([known, inner]) => [known, replace(known, inner)]))
}

describe('parseFairness', () => {
  it('reads what the server sends', () => {
    expect(parseFairness(JSON.parse(JSON.stringify(table)))).toEqual(table)
  })

  it('accepts and refuses exactly what the server’s schema does', () => {
    const junk = fc.constantFrom<unknown>(
      undefined,
      null,
      0,
      1,
      -1,
      1.5,
      1_001,
      2 ** 60,
      '',
      'x',
      ':',
      'a'.repeat(64),
      [],
      {},
      [1],
    )
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 4 }), junk, (path, by) => {
        const value = mangled(table, path, by)
        expect([value, accepts(value)]).toEqual([value, fairnessDocument.safeParse(value).success])
      }),
      { numRuns: 2_000 },
    )
  })
})
