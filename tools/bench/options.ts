/** The parts of a run, by the names that `--only` takes. */
export const parts = ['fanout', 'tickets', 'joins', 'memory', 'durable'] as const
export type Part = (typeof parts)[number]

/** How long and how often things are measured. */
export interface Options {
  readonly parts: readonly Part[]
  readonly isQuick: boolean
  readonly isWritten: boolean
  readonly repetitions: number
  readonly warmUpMs: number
  readonly measureMs: number
  readonly connections: number
}

export const usage = `npm run bench [-- options]
  --quick          one repetition of short spans, 3,000 connections: under two minutes, for a first look
  --only <parts>   any of ${parts.join(', ')}, separated by commas
  --repetitions N  how often each server is measured, 1 to 99: 3 unless told, more on a machine that is not alone
  --write          puts the table into docs/benchmarks.md`

/** @returns the options, or the argument that is not understood */
export function parseOptions(args: readonly string[]): Options | { readonly unknown: string } {
  const chosen = new Set<Part>()
  const rest = [...args]
  const flags = { quick: false, write: false, repetitions: 0 }
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--quick') flags.quick = true
    else if (arg === '--write') flags.write = true
    else if (arg === '--only') {
      const named = parseParts(rest.shift() ?? '')
      if (!named) return { unknown: '--only' }
      for (const part of named) chosen.add(part)
    } else if (arg === '--repetitions') {
      flags.repetitions = parseRepetitions(rest.shift() ?? '')
      if (flags.repetitions === 0) return { unknown: '--repetitions' }
    } else return { unknown: arg }
  }
  return {
    parts: chosen.size > 0 ? parts.filter((part) => chosen.has(part)) : parts,
    isQuick: flags.quick,
    isWritten: flags.write,
    ...(flags.quick
      ? { repetitions: 1, warmUpMs: 700, measureMs: 1_000, connections: 3_000 }
      : { repetitions: 3, warmUpMs: 1_500, measureMs: 2_000, connections: 10_000 }),
    ...(flags.repetitions > 0 && { repetitions: flags.repetitions }),
  }
}

/** @returns 0 for what is no number of repetitions */
function parseRepetitions(text: string): number {
  return /^[1-9]\d?$/.test(text) ? Number(text) : 0
}

function parseParts(text: string): readonly Part[] | undefined {
  const named = text.split(',').map((name) => parts.find((known) => known === name))
  return named.every((part) => part !== undefined) ? named : undefined
}
