import { describe, expect, it } from 'bun:test'
import { formatLeft } from './format-left'

describe('formatLeft', () => {
  it('runs down like a clock and stops at nothing', () => {
    expect([3_723_000, 300_999, 59_000, 999, 0, -5_000].map(formatLeft)).toEqual([
      '1:02:03',
      '5:00',
      '0:59',
      '0:00',
      '0:00',
      '0:00',
    ])
  })
})
