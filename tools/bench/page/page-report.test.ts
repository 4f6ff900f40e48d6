import { describe, expect, it } from 'bun:test'
import { quantile, toMarkdown } from './page-report'

const row = {
  what: 'home: interactive',
  unit: 'ms',
  throttle: 4,
  samples: [3, 1, 2, 100],
  target: 50,
} as const

describe('the report of the page', () => {
  it('has the median and the 95th percentile of unordered samples', () => {
    expect(toMarkdown([row])).toContain('| home: interactive | 4× slower | 3.0 ms | 100.0 ms | 4 | < 50 ms |')
  })

  it('says what was missed, judged by the median', () => {
    expect(toMarkdown([{ ...row, samples: [60, 70, 10] }])).toContain('< 50 ms, missed')
    expect(toMarkdown([{ ...row, target: null }])).toEndWith('| 4 |  |')
  })

  it('says how many samples were left out, and blames nobody for a busy machine', () => {
    const busy = { ...row, samples: [60, 70, 80], leftOut: 4, isDisturbed: true }
    expect(toMarkdown([busy])).toEndWith('| 3 (4 left out) | < 50 ms, machine busy |')
  })

  it('takes the last sample for a quantile that no sample reaches', () => {
    expect(quantile([1, 2], 1)).toBe(2)
    expect(quantile([], 0.5)).toBeNaN()
  })
})
