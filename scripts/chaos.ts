/**
 * `npm run chaos`: kills servers with SIGKILL in the middle of 1,000 commands, 50 times on each database, and says
 * whether anything was lost, doubled or shown wrongly. `npm test` plays two such rounds on each.
 *
 *     npm run chaos -- --rounds 5
 *     npm run chaos -- --only SQLite
 */
import { parseArgs } from 'node:util'
import { databaseKinds, type DatabaseKind } from '../tests/chaos/chaos-database'
import { playRound, type RoundReport } from '../tests/chaos/chaos-round'
import { testPostgresUrl } from '../tests/support/services'
import { installMissingPrograms } from './services/programs'
import { startServices } from './services/start-services'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, only: { type: 'string' } },
})
const rounds = Number(values.rounds)
const kinds = databaseKinds.filter((kind) => values.only === undefined || values.only === kind)
if (!(rounds >= 1) || kinds.length === 0) {
  console.error(`npm run chaos -- [--rounds <number>] [--only ${databaseKinds.join(' | ')}]`)
  process.exit(2)
}

const stopServices = await openServices()
const played = new Map<DatabaseKind, readonly RoundReport[]>()
try {
  for (const kind of kinds) played.set(kind, await playRounds(kind))
} finally {
  await stopServices()
}
console.log('')
for (const [kind, reports] of played) console.log(summarise(kind, reports))
process.exit([...played.values()].flat().some(({ faults }) => faults.length > 0) ? 1 : 0)

async function openServices(): Promise<() => Promise<void>> {
  if (!kinds.includes('PostgreSQL') || testPostgresUrl() !== undefined) return () => Promise.resolve()
  await installMissingPrograms((line) => {
    console.log(line)
  })
  const services = await startServices()
  Object.assign(process.env, services.environment)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void services.stop().finally(() => process.exit(1)))
  return services.stop
}

async function playRounds(kind: DatabaseKind): Promise<readonly RoundReport[]> {
  const reports: RoundReport[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const report = await playRound(kind)
    const { acknowledged, underWay, keptUnheard, recoveredMs } = report
    reports.push(report)
    console.log(
      `${kind} ${round}: killed after ${acknowledged} acknowledgements, ${underWay} commands under way ` +
        `(${keptUnheard} of them kept), everybody back after ${Math.round(recoveredMs)} ms, ` +
        (report.faults.length === 0 ? 'nothing lost' : 'FAULTS:'),
    )
    for (const fault of report.faults) console.log(`  ${fault}`)
  }
  return reports
}

function summarise(kind: DatabaseKind, reports: readonly RoundReport[]): string {
  const sumOf = (numberOf: (report: RoundReport) => number) =>
    reports.reduce((sum, report) => sum + numberOf(report), 0)
  const recovered = reports.map(({ recoveredMs }) => Math.round(recoveredMs)).toSorted((a, b) => a - b)
  const middle = recovered[Math.floor(recovered.length / 2)]
  return [
    `${kind}: ${reports.length} kills, ${sumOf(({ commands }) => commands)} commands`,
    `${sumOf(({ acknowledged }) => acknowledged)} acknowledged before the kill`,
    `${sumOf(({ underWay }) => underWay)} under way, ${sumOf(({ keptUnheard }) => keptUnheard)} of them kept unheard`,
    `${sumOf(({ repeated }) => repeated)} repeated`,
    `everybody back after ${middle} ms (median), ${recovered.at(-1)} ms at most`,
    `${sumOf((report) => report.faults.length)} faults`,
  ].join(', ')
}
