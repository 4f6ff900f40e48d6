import type { BenchIssuer } from './issuer'
import type { Load, PeerName } from './load/jobs'
import type { Options } from './options'
import { startServer, type Wanted } from './peers'
import type { ServerProcess } from './processes'
import type { Contender, Sample } from './rows'

/** What every part of a run is given. */
export interface Bench {
  readonly options: Options
  readonly identity: BenchIssuer
  /** What could not be measured, and why. */
  readonly failures: string[]
}

/** Samples by contender, as they come in. */
export class Samples {
  readonly #byContender = new Map<Contender, Sample[]>()

  add(contender: Contender, sample: Sample): void {
    const samples = this.#byContender.get(contender) ?? []
    samples.push(sample)
    this.#byContender.set(contender, samples)
  }

  get all(): ReadonlyMap<Contender, readonly Sample[]> {
    return this.#byContender
  }
}

/** Turns so that in each repetition another one begins. Ours begins the first: the bare servers copy its sizes. */
export function turns<Item>(items: readonly Item[], repetition: number): readonly Item[] {
  const first = repetition % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}

/** Whom, under which name in the lines of a run, and set up how. */
export interface Measured {
  readonly peer: PeerName
  readonly label: string
  readonly wanted: Wanted
}

/** Starts a fresh server, measures, stops it. A failure is noted, and the run goes on. */
export async function onServer(
  bench: Bench,
  { peer, label, wanted }: Measured,
  measure: (server: ServerProcess) => Promise<string>,
): Promise<void> {
  try {
    const server = await startServer(peer, bench.identity, wanted)
    try {
      console.log(`${label.padEnd(34)} ${peer.padEnd(10)} ${await measure(server)}`)
    } finally {
      await server.stop()
    }
  } catch (error) {
    const failure = `${label}, ${peer}: ${error instanceof Error ? error.message : String(error)}`
    console.error(failure)
    bench.failures.push(failure)
  }
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** @returns a number for people: 1,234,567 */
export function toText(value: number): string {
  return whole.format(value)
}

/** @returns how busy both sides were, for the lines of a run */
export function toLoadText(load: Load): string {
  const { serverCpu, generatorCpu, othersCpu } = load
  return `(CPU: server ${toPercent(serverCpu)}, generator ${toPercent(generatorCpu)}, others ${toPercent(othersCpu)})`
}

/** @returns a share for people: 0.5 is 50 % */
export function toPercent(share: number): string {
  return `${toText(share * 100)} %`
}
