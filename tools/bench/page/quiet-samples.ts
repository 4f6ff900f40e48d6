import { readMachineCpu } from '../machine-cpu'

/** Of the time that the processors were wanted: what the host of a virtual machine may give to others meanwhile. */
const mostStolen = 0.05
/** Tries for each sample, until what there is has to do. */
const tries = 4

export interface QuietSamples {
  readonly samples: readonly number[]
  /** Measured and not counted, for the host gave too much of the machine to others. */
  readonly leftOut: number
  /** There were too few quiet moments: these samples are of others too. */
  readonly isDisturbed: boolean
}

/** Measures until there are as many samples as wanted in whose time the machine was ours. */
export async function takeQuietSamples(
  wanted: number,
  measure: () => Promise<number>,
  startStolen: () => () => number = startStolenShare,
): Promise<QuietSamples> {
  const quiet: number[] = []
  const disturbed: { readonly sample: number; readonly stolen: number }[] = []
  while (quiet.length < wanted && quiet.length + disturbed.length < wanted * tries) {
    const stop = startStolen()
    const sample = await measure()
    const stolen = stop()
    if (stolen <= mostStolen) quiet.push(sample)
    else disturbed.push({ sample, stolen })
  }
  const missing = disturbed
    .toSorted((a, b) => a.stolen - b.stolen)
    .slice(0, wanted - quiet.length)
    .map(({ sample }) => sample)
  return {
    samples: [...quiet, ...missing],
    leftOut: disturbed.length - missing.length,
    isDisturbed: missing.length > 0,
  }
}

/** @returns a function that ends the span and says which share of the wanted processor time was stolen in it */
function startStolenShare(): () => number {
  const before = readMachineCpu()
  return () => {
    const after = readMachineCpu()
    const stolen = after.stolen - before.stolen
    return stolen === 0 ? 0 : stolen / (after.used - before.used + stolen)
  }
}
