import type { Throttle } from './open-page'

/** Samples of one thing. */
export interface Measured {
  readonly what: string
  readonly unit: 'ms' | 'KB'
  readonly throttle: Throttle
  readonly samples: readonly number[]
  /** Measured and not counted, because the machine was not ours alone; absent: 0. */
  readonly leftOut?: number
  /** It was not ours alone for some of the samples either. */
  readonly isDisturbed?: boolean
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

function toLine({ what, unit, throttle, samples, leftOut = 0, target, ...row }: Measured): string {
  const sorted = samples.toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const cells = [
    what,
    throttle === 1 ? 'as it is' : `${throttle}× slower`,
    `${median.toFixed(unit === 'ms' ? 1 : 0)} ${unit}`,
    `${quantile(sorted, 0.95).toFixed(unit === 'ms' ? 1 : 0)} ${unit}`,
    leftOut === 0 ? String(samples.length) : `${samples.length} (${leftOut} left out)`,
    target === null ? '' : `< ${target} ${unit}${toVerdict(median < target, row)}`,
  ]
  return `| ${cells.join(' | ')} |`
}

function toVerdict(isReached: boolean, { isDisturbed = false }: Pick<Measured, 'isDisturbed'>): string {
  if (isReached) return ''
  return isDisturbed ? ', machine busy' : ', missed'
}

/** @param sorted  ascending @returns NaN for no samples */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
