import { describe, expect, it } from 'bun:test'
import { marked, noSelection, present, tapped } from './selection'

describe('a selection', () => {
  it('is the one that was tapped last, and nobody after a second tap', () => {
    const first = tapped(noSelection, 'a')
    expect(tapped(first, 'b').ids).toEqual(['b'])
    expect(tapped(first, 'a').ids).toEqual([])
  })

  it('grows and shrinks by taps once one was marked', () => {
    const both = tapped(marked(tapped(noSelection, 'a'), 'b'), 'c')
    expect(both).toEqual({ ids: ['a', 'b', 'c'], isMulti: true })
    expect(tapped(both, 'b').ids).toEqual(['a', 'c'])
  })

  it('forgets who has left, and stays the same object while nobody has', () => {
    const both = { ids: ['a', 'b'], isMulti: true }
    expect(present(both, [{ id: 'b' }])).toEqual({ ids: ['b'], isMulti: true })
    expect(present(both, [{ id: 'a' }, { id: 'b' }])).toBe(both)
  })
})
