import { describe, expect, it } from 'bun:test'
import { chiSquareOf, chiSquareQuantile } from './chi-square'

describe('chi-square', () => {
  // Chance, degrees of freedom, value: as printed in statistical tables.
  const table: readonly (readonly [number, number, number])[] = [
    [0.05, 1, 3.841],
    [0.01, 1, 6.635],
    [0.95, 10, 3.94],
    [0.05, 10, 18.307],
    [0.001, 20, 45.315],
    [0.01, 30, 50.892],
    [0.99, 100, 70.065],
    [0.01, 100, 135.807],
  ]
  it.each(table)('%p of %p degrees of freedom is above %p', (chance, degrees, value) => {
    expect(chiSquareQuantile(chance, degrees)).toBeCloseTo(value, 3)
  })

  it.each([1e-6, 0.5, 1 - 1e-6])(
    'two and four degrees of freedom agree with their closed forms at %p',
    (chance) => {
      expect(chiSquareQuantile(chance, 2)).toBeCloseTo(-2 * Math.log(chance), 9)
      const half = chiSquareQuantile(chance, 4) / 2
      expect((Math.exp(-half) * (1 + half)) / chance).toBeCloseTo(1, 9)
    },
  )

  it('is the squares of the differences by what was expected', () => {
    expect(chiSquareOf([8, 12], [10, 10])).toBeCloseTo(0.8, 12)
    expect(chiSquareOf([10, 10], [10, 10])).toBe(0)
  })
})
