/**
 * `npm test`: installs what is missing, starts PostgreSQL, Redis and a Redis Cluster, runs the checks and all tests on
 * them, and ends what it started. The last line is `N passed, N failed` (and `N skipped`, each named above it).
 *
 *     npm test                         everything
 *     npm test -- packages/names       the tests below a path, without the checks
 *     npm test -- --no-check           all tests without the checks
 *     npm test -- --no-services        without databases; the suites that need one are skipped
 *     npm test -- -t 'SEC-22'          the tests whose name matches; other options of `bun test` work too
 *
 * In a terminal where `npm run services` has been exported, those services are used instead of new ones.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { printCheck, runChecks } from './checks/run-checks'
import { installMissingPrograms } from './services/programs'
import { startServices, type Services } from './services/start-services'
import type { Tally } from './tests/junit'
import { leakedTokens } from './tests/leaked-tokens'
import { clearResults, outputFile, runBunTests } from './tests/run-bun-tests'

const ours = new Set(['--no-check', '--no-services'])
const parameters = process.argv.slice(2)
const forBun = parameters.filter((parameter) => !ours.has(parameter))
const isWhole = forBun.length === 0
const withChecks = isWhole && !parameters.includes('--no-check')

const services = await openServices()
endOnSignals(services)
const tallies: Tally[] = []
try {
  clearResults()
  const { environment } = services
  const paths = isWhole ? serverPaths() : forBun.map(asPath)
  // The server's tests wait more than they work, and the checks give way to them.
  const [checked, tests] = await Promise.all([
    withChecks ? checkTallies() : [],
    runBunTests([paths], { environment, lanes: 1 }),
  ])
  tallies.push(...checked, tests)
  if (isWhole) tallies.push(await runBunTests(browserFiles(), { environment, lanes: 2 }))
  if (tests.passed + tests.failed > 0) tallies.push(redactionTally())
} finally {
  await services.stop()
}
process.exit(summarise(tallies))

async function openServices(): Promise<Services> {
  const nothing = { environment: {}, stop: () => Promise.resolve() }
  if (parameters.includes('--no-services')) return nothing
  if (
    process.env['TEST_POSTGRES_URL'] &&
    process.env['TEST_REDIS_URL'] &&
    process.env['TEST_REDIS_CLUSTER']
  ) {
    console.log('Using the services of the environment.')
    return nothing
  }
  await installMissingPrograms((line) => {
    console.log(line)
  })
  const services = await startServices()
  console.log(`Running: ${Object.keys(services.environment).join(', ')}`)
  return services
}

function endOnSignals(services: Services): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void services.stop().finally(() => process.exit(1))
    })
  }
}

async function checkTallies(): Promise<readonly Tally[]> {
  const results = await runChecks(printCheck)
  return results.map(({ hasPassed }) => ({
    passed: hasPassed ? 1 : 0,
    failed: hasPassed ? 0 : 1,
    skipped: [],
  }))
}

function redactionTally(): Tally {
  const leaks = leakedTokens(readFileSync(outputFile, 'utf8'))
  console.log(`${leaks.length === 0 ? 'pass' : 'FAIL'}  [SEC-110] nothing that was printed holds a token`)
  for (const leak of leaks) console.log(`  output.log:${leak}`)
  return { passed: leaks.length === 0 ? 1 : 0, failed: leaks.length === 0 ? 0 : 1, skipped: [] }
}

/** Everything that needs no browser. `./` makes a path of it; a bare word would match anywhere in a file's name. */
function serverPaths(): readonly string[] {
  const tests = readdirSync('tests').filter((folder) => folder !== 'browser' && folder !== 'support')
  return ['packages', 'apps', 'scripts', 'tools', ...tests.map((folder) => `tests/${folder}`)].map(
    (path) => `./${path}`,
  )
}

/** Each in a process of its own. Those that take more than a minute begin, so that no lane ends long after the other. */
function browserFiles(): readonly (readonly string[])[] {
  const long = ['accessibility', 'home', 'people', 'overflow'].map((name) => `${name}.test.ts`)
  const others = readdirSync('tests/browser').filter(
    (file) => file.endsWith('.test.ts') && !long.includes(file),
  )
  return [...long, ...others.toSorted()].map((file) => [`./tests/browser/${file}`])
}

function asPath(parameter: string): string {
  return !parameter.startsWith('.') && existsSync(parameter) ? `./${parameter}` : parameter
}

/** Prints the end of the run. @returns the exit code */
function summarise(all: readonly Tally[]): number {
  const passed = all.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = all.reduce((sum, tally) => sum + tally.failed, 0)
  const skipped = all.flatMap((tally) => tally.skipped)
  console.log('')
  for (const name of skipped) console.log(`skipped  ${name}`)
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`)
  return failed > 0 || passed === 0 ? 1 : 0
}
