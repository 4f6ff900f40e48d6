import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repositoryRoot } from '../checks/run-checks'
import { parseFailCount, parseJunit, type Tally } from './junit'

/** Where a run leaves its report and a copy of everything it printed. */
export const resultsFolder = join(repositoryRoot, 'test-results')
/** Everything that the tests and the services under test printed. */
export const outputFile = join(resultsFolder, 'output.log')

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
// Real databases and three processes on two cores are slower than the 5 seconds that Bun allows by itself.
const timeoutMs = 20_000

/** How tests are run. */
export interface TestRuns {
  /** Added to our environment. */
  readonly environment: Readonly<Record<string, string>>
  /** How many runs go on at once. Where it is more than one, what each said comes as a whole when it ends. */
  readonly lanes: number
}

/** Empties what the last `npm test` left. */
export function clearResults(): void {
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(outputFile, '')
}

/**
 * Runs `bun test` once for each list of paths and options, passing what it prints on to normal output.
 *
 * @returns all of them together
 */
export async function runBunTests(
  runs: readonly (readonly string[])[],
  { environment, lanes }: TestRuns,
): Promise<Tally> {
  const waiting = runs.values()
  const tallies: Tally[] = []
  const lane = async () => {
    // One iterator for all lanes: whoever is free takes the next.
    for (const parameters of waiting)
      tallies.push(await runOnce(parameters, { environment, isLive: lanes === 1 }))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  }
}

interface OneRun {
  readonly environment: Readonly<Record<string, string>>
  /** Printed as it comes, or at the end. */
  readonly isLive: boolean
}

async function runOnce(parameters: readonly string[], { environment, isLive }: OneRun): Promise<Tally> {
  const [first, second] = parameters
  const name = first !== undefined && second === undefined ? basename(first) : 'tests'
  const report = join(resultsFolder, `junit-${name}.xml`)
  rmSync(report, { force: true })
  const options = [`--timeout=${timeoutMs}`, '--reporter=junit', `--reporter-outfile=${report}`]
  const child = Bun.spawn([process.execPath, 'test', ...options, ...parameters], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
  })
  const printed: Uint8Array[] = []
  const pass = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream) {
      printed.push(chunk)
      if (isLive) process.stdout.write(chunk)
    }
  }
  await Promise.all([pass(child.stdout), pass(child.stderr)])
  const code = await child.exited
  const output = Buffer.concat(printed)
  if (!isLive) process.stdout.write(output)
  appendFileSync(outputFile, output)
  const tally = existsSync(report)
    ? parseJunit(readFileSync(report, 'utf8'))
    : { passed: 0, failed: 0, skipped: [] }
  const failCount = parseFailCount(output.toString('utf8').replace(escapes, ''))
  // A run that ended badly has failed even where no test says so, as after a crash of Bun itself.
  return { ...tally, failed: Math.max(tally.failed, failCount, code === 0 ? 0 : 1) }
}
