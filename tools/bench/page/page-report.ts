import type { Throttle } from './open-page'

/** Samples of one thing. */
export interface Measured {
  readonly what: string
  readonly unit: 'ms' | 'KB'
  readonly throttle: Throttle
  readonly samples: readonly number[]
  /** What the median must stay below; null where nothing was promised. */
  readonly target: number | null
}

/** @returns the rows of docs/benchmarks.md */
export function toMarkdown(rows: readonly Measured[]): string {
  return [
    '| what | processor | median | p95 | samples | target |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(toLine),
  ].join('\n')
}

function toLine({ what, unit, throttle, samples, target }: Measured): string {
  const sorted = samples.toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const cells = [
    what,
    throttle === 1 ? 'as it is' : `${throttle}× slower`,
    `${median.toFixed(unit === 'ms' ? 1 : 0)} ${unit}`,
    `${quantile(sorted, 0.95).toFixed(unit === 'ms' ? 1 : 0)} ${unit}`,
    String(samples.length),
    target === null ? '' : `< ${target} ${unit}${median < target ? '' : ', missed'}`,
  ]
  return `| ${cells.join(' | ')} |`
}

/** @param sorted  ascending @returns NaN for no samples */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
