import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../checks/run-checks'
import { parseFailCount, parseJunit, type Tally } from './junit'

/** Where a run leaves its report and a copy of everything it printed. */
export const resultsFolder = join(repositoryRoot, 'test-results')
/** Everything that the tests and the services under test printed. */
export const outputFile = join(resultsFolder, 'output.log')

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
// Real databases and three processes on two cores are slower than the 5 seconds that Bun allows by itself.
const timeoutMs = 20_000

/**
 * Runs `bun test`, passing what it prints on to normal output.
 *
 * @param parameters  paths and options of `bun test`
 * @param environment  added to ours
 */
export async function runBunTests(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Tally> {
  const report = join(resultsFolder, 'junit.xml')
  mkdirSync(resultsFolder, { recursive: true })
  rmSync(report, { force: true })
  const options = [`--timeout=${timeoutMs}`, '--reporter=junit', `--reporter-outfile=${report}`]
  const child = Bun.spawn([process.execPath, 'test', ...options, ...parameters], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
  })
  const copy = createWriteStream(outputFile)
  const pass = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream) {
      process.stdout.write(chunk)
      copy.write(chunk)
    }
  }
  await Promise.all([pass(child.stdout), pass(child.stderr)])
  const code = await child.exited
  await new Promise<void>((resolve) => {
    copy.end(resolve)
  })
  const tally = existsSync(report)
    ? parseJunit(readFileSync(report, 'utf8'))
    : { passed: 0, failed: 0, skipped: [] }
  const failCount = parseFailCount(readFileSync(outputFile, 'utf8').replace(escapes, ''))
  // A run that ended badly has failed even where no test says so, as after a crash of Bun itself.
  return { ...tally, failed: Math.max(tally.failed, failCount, code === 0 ? 0 : 1) }
}
