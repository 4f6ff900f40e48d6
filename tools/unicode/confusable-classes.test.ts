import { describe, expect, it } from 'bun:test'
import { createClasses, toSkeletonMap } from './confusable-classes'
import { encode, parseConfusables } from './generate-confusables'

const toMap = (...pairs: readonly (readonly [string, string])[]) =>
  toSkeletonMap(createClasses(pairs.map(([source, target]) => ({ source, target }))))

describe('confusable classes', () => {
  it('link a capital look-alike and its lower case to one Latin letter', () => {
    const map = toMap(['Ρ', 'P'])
    expect(map.get('ρ') ?? 'ρ').toBe('p')
    expect(map.get('Ρ') ?? map.get('ρ')).toBe('p')
  })

  it('prefer the capital, so that n and v stay two letters', () => {
    const classes = createClasses([
      { source: 'ν', target: 'v' },
      { source: 'Ν', target: 'N' },
    ])
    expect(toSkeletonMap(classes).get('ν')).toBe('n')
    expect(classes.refused).toEqual(['v=ν'])
  })

  it('spell what looks like several letters, whatever its case', () => {
    const map = toMap(['m', 'rn'], ['М', 'M'])
    expect([map.get('m'), map.get('м'), map.get('w')]).toEqual(['rn', 'rn', 'vv'])
  })

  it('never spell a Latin letter because of a foreign one', () => {
    expect(toMap(['Η', 'H'], ['η', 'n\u0329']).get('h')).toBeUndefined()
  })
})

describe('the generated table', () => {
  it('is written in base 36, sources as distances', () => {
    expect(
      encode(
        new Map([
          ['\u0010', 'a'],
          ['\u0034', 'a'],
        ]),
      ),
    ).toBe('2p=g 10')
  })

  it('is refused when the file is another one', () => {
    expect(() => parseConfusables('# nothing')).toThrow('Version')
    expect(() => parseConfusables('# Version: 17.0.0\n0430 ;\t0061 ;\tMA')).toThrow('6000')
  })
})
