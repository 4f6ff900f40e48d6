import { type Bench, Samples, toLoadText, toText } from '../bench'
import type { RollsJob, RollsResult, RulesResult } from '../load/jobs'
import { runJob, type ServerProcess } from '../processes'
import type { Row, Sample, Target } from '../rows'
import { type BenchTable, onTableServer, openTables, startTableServer } from '../tables'

const shape = { tables: 50, players: 6 }
const targetPerSecond = 5_000
const coldEvents = 10_000
const coldTables = 5

/** What a table costs: rolls that are on disk before anybody sees them, a room that is opened again, its rules. */
export async function durableRows(bench: Bench): Promise<readonly Row[]> {
  const rows = [
    ownRow('durable-rolls', 'durable `dice.roll`, 50 tables of 6, SQLite', '/s', {
      kind: 'floor',
      atLeast: targetPerSecond,
    }),
    ownRow('durable-p50', `the same at ${toText(targetPerSecond / 2)}/s: half are answered within`, 'ms'),
    ownRow('durable-p99', 'and 99 % within', 'ms', { kind: 'ceiling', atMost: 15 }),
    ownRow('cold-load', `a table of ${toText(coldEvents)} events that is not open: until it is shown`, 'ms', {
      kind: 'ceiling',
      atMost: 150,
    }),
    ownRow('evolve', 'one event onto a table with 30 combatants', 'µs', { kind: 'ceiling', atMost: 20 }),
    ownRow('dice', 'the slowest legal dice expression, from text to JSON', 'ms', {
      kind: 'ceiling',
      atMost: 5,
    }),
  ] as const
  const [rolls, p50, p99, cold, evolve, dice] = rows
  for (let repetition = 0; repetition < bench.options.repetitions; repetition++) {
    await attempt(bench, 'durable rolls', async () => {
      const { fastest, paced } = await measureRolls(bench)
      rolls.add({ value: fastest.rolls / fastest.seconds, load: fastest })
      p50.add({ value: paced.p50Ms, load: paced })
      p99.add({ value: paced.p99Ms, load: paced })
      const latencies = `p50 ${paced.p50Ms.toFixed(1)} ms, p99 ${paced.p99Ms.toFixed(1)} ms ${toLoadText(paced)}`
      return `${toText(fastest.rolls / fastest.seconds)}/s ${toLoadText(fastest)}; at half: ${latencies}`
    })
    await attempt(bench, 'cold load', async () => {
      const times = await measureColdLoads()
      for (const value of times) cold.add({ value })
      return `${times.map((time) => time.toFixed(0)).join(', ')} ms`
    })
    await attempt(bench, 'rules alone', async () => {
      const job = { kind: 'rules', measureMs: bench.options.measureMs } as const
      const { evolveMicros, diceMs, slowestDice } = await runJob<RulesResult>(job)
      evolve.add({ value: evolveMicros })
      dice.add({ value: diceMs })
      return `evolve ${evolveMicros.toFixed(1)} µs, ${slowestDice.slice(0, 20)}… ${diceMs.toFixed(2)} ms`
    })
  }
  return rows.map(({ row }) => row)
}

/** A row of ours alone, which fills up. */
function ownRow(
  ...[id, what, unit, target]: readonly [id: string, what: string, unit: Row['unit'], target?: Target]
): { readonly row: Row; add(sample: Sample): void } {
  const samples = new Samples()
  const row: Row = { id, what, unit, samples: samples.all, targets: target ? [target] : [] }
  return { row, add: (sample) => samples.add('innkeeper', sample) }
}

/** A failure is noted, and the run goes on. */
async function attempt(bench: Bench, label: string, measure: () => Promise<string>): Promise<void> {
  try {
    console.log(`${label.padEnd(34)} ${'innkeeper'.padEnd(10)} ${await measure()}`)
  } catch (error) {
    const failure = `${label}: ${error instanceof Error ? error.message : String(error)}`
    console.error(failure)
    bench.failures.push(failure)
  }
}

async function measureRolls(bench: Bench): Promise<{ fastest: RollsResult; paced: RollsResult }> {
  return await onTableServer(async (server) => {
    const tables = await openTables(server.port, shape)
    const { warmUpMs, measureMs } = bench.options
    const job = { ...toJob(server, tables), warmUpMs, measureMs }
    const fastest = await runJob<RollsResult>({ ...job, pace: { kind: 'closed', inFlight: 2 } })
    const half = { kind: 'open', perSecond: targetPerSecond / 2 } as const
    return { fastest, paced: await runJob<RollsResult>({ ...job, pace: half }) }
  })
}

function toJob(server: ServerProcess, tables: readonly BenchTable[]) {
  const seats = tables.map((table) => table.seats)
  return { kind: 'rolls', port: server.port, serverPid: server.pid, tables: seats } as const
}

/** Fills tables with rolls, starts the server anew, and asks for each table once. @returns milliseconds each */
async function measureColdLoads(): Promise<readonly number[]> {
  return await onTableServer(async (server, folder) => {
    const tables = await openTables(server.port, { tables: coldTables, players: 2 })
    const filling: RollsJob = {
      ...toJob(server, tables),
      pace: { kind: 'closed', inFlight: 16 },
      warmUpMs: 0,
      measureMs: 0,
      rollsAtLeast: coldTables * coldEvents,
    }
    await runJob<RollsResult>(filling)
    const [warm] = await openTables(server.port, { tables: 1, players: 1 })
    await server.stop()
    const again = await startTableServer(folder)
    try {
      // The first request of a process compiles what all requests need.
      if (warm) await timeView(again.port, warm)
      const times: number[] = []
      for (const table of tables) times.push(await timeView(again.port, table))
      return times
    } finally {
      await again.stop()
    }
  })
}

async function timeView(port: number, { accessToken }: BenchTable): Promise<number> {
  const startedAt = performance.now()
  const headers = { authorization: `Bearer ${accessToken}` }
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, { headers })
  const { seq } = (await response.json()) as { readonly seq: number }
  const ms = performance.now() - startedAt
  if (response.status !== 200 || !(seq >= 0)) throw new Error(`No table: ${response.status}`)
  return ms
}
