import { describe, expect, it } from 'bun:test'
import { closeCodes, mayComeBack } from './close-codes'

describe('close codes', () => {
  it('say by their number whether a client may come back by itself', () => {
    const stay = Object.values(closeCodes).filter((code) => !mayComeBack(code))
    expect(stay).toEqual([4400, 4401, 4403, 4404, 4408, 4409, 4410, 4413, 4429])
    expect([1000, 1008].some(mayComeBack)).toBe(false)
    expect([1001, 1006, 1011, 1012, 4500, 4503, 4504, 4508].every(mayComeBack)).toBe(true)
  })
})
