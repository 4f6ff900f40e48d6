import type { Load, PeerName } from './load/jobs'

/** Who is measured, as columns: the peers, and what stands for "nothing around it". */
export type Contender = PeerName | 'es256'

/** One measurement. `load` is absent where no span was measured (memory, signatures). */
export interface Sample {
  readonly value: number
  readonly load?: Load
}

/** What a row has to reach. A ratio is of medians, ours to theirs; a ceiling or a floor is ours alone, in the row's unit. */
export type Target =
  | {
      readonly kind: 'ratio'
      readonly against: Contender
      readonly atLeast: number
      readonly writtenAs: 'times' | 'percent'
    }
  | { readonly kind: 'ceiling'; readonly atMost: number }
  | { readonly kind: 'floor'; readonly atLeast: number }

/** One line of the table. */
export interface Row {
  readonly id: string
  readonly what: string
  readonly unit: '/s' | 'KB' | 'ms' | 'µs'
  readonly samples: ReadonlyMap<Contender, readonly Sample[]>
  readonly targets: readonly Target[]
}

/** What was measured of one contender: median, smallest and largest. */
export interface Summary {
  readonly median: number
  readonly min: number
  readonly max: number
  readonly serverCpu?: number
  readonly generatorCpu?: number
  readonly othersCpu?: number
  /** The value per second of the server's CPU time: what it would be if only the server counted. */
  readonly perServerCpu?: number
}

/** @returns undefined when nothing was measured */
export function summarize(samples: readonly Sample[] | undefined): Summary | undefined {
  if (!samples || samples.length === 0) return undefined
  const values = samples.map((sample) => sample.value)
  const loads = samples.flatMap((sample) => sample.load ?? [])
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    ...(loads.length > 0 && {
      serverCpu: median(loads.map((load) => load.serverCpu)),
      generatorCpu: median(loads.map((load) => load.generatorCpu)),
      othersCpu: median(loads.map((load) => load.othersCpu)),
      perServerCpu: median(samples.map((sample) => sample.value / (sample.load?.serverCpu ?? Number.NaN))),
    }),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** What came of a target. */
export interface Reached {
  /** The ratio, or our own value where the target is a ceiling. */
  readonly value: number
  readonly isMet: boolean
  /** Something else had a part of the machine, so that neither yes nor no means much. */
  readonly isDisturbed: boolean
}

/** Of one core: more than this for others, and a run is worth repeating. */
const disturbingCpu = 0.15

/** @returns undefined when one side was not measured */
export function reached(row: Row, target: Target): Reached | undefined {
  const ours = summarize(row.samples.get('innkeeper'))
  if (!ours) return undefined
  if (target.kind === 'ceiling') {
    return { value: ours.median, isMet: ours.median <= target.atMost, isDisturbed: isBusy(ours) }
  }
  if (target.kind === 'floor') {
    return { value: ours.median, isMet: ours.median >= target.atLeast, isDisturbed: isBusy(ours) }
  }
  const theirs = summarize(row.samples.get(target.against))
  if (!theirs) return undefined
  const value = ours.median / theirs.median
  return { value, isMet: value >= target.atLeast, isDisturbed: [ours, theirs].some(isBusy) }
}

function isBusy({ othersCpu = 0 }: Summary): boolean {
  return othersCpu > disturbingCpu
}
