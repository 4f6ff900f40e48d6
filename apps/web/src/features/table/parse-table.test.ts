import { describe, expect, it } from 'bun:test'
import { parseTableEvent, parseTableState } from './parse-table'

describe('parseTableEvent', () => {
  it('has nothing to say of what is hidden or not known yet', () => {
    expect(parseTableEvent({ type: 'event', seq: 1, name: 'hidden' })).toBeNull()
    expect(parseTableEvent({ type: 'event', seq: 1, at: 1, by: 'gm', name: 'table.painted' })).toBeNull()
  })
})

describe('parseTableState', () => {
  it('refuses what is not a table', () => {
    for (const state of [undefined, null, {}, { players: {} }])
      expect(() => parseTableState(state)).toThrow(TypeError)
  })
})
