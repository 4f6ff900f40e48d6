import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A program that the tests need and a fresh machine may lack. */
export interface NeededProgram {
  readonly name: string
  /** Its package on Debian and Ubuntu. */
  readonly package: string
  readonly neededFor: string
}

/** Everything that `npm test` runs besides Bun. */
const neededPrograms = [
  { name: 'initdb', package: 'postgresql', neededFor: 'the suites on PostgreSQL' },
  { name: 'postgres', package: 'postgresql', neededFor: 'the suites on PostgreSQL' },
  { name: 'redis-server', package: 'redis-server', neededFor: 'the suites on Redis and Redis Cluster' },
  { name: 'redis-cli', package: 'redis-tools', neededFor: 'the suites on Redis Cluster' },
  { name: 'chromium', package: 'chromium', neededFor: 'the tests in a browser' },
] as const satisfies readonly NeededProgram[]

/** The name of one of them. */
export type ProgramName = (typeof neededPrograms)[number]['name']

const debianPostgres = '/usr/lib/postgresql'
const otherNames: Partial<Record<ProgramName, readonly string[]>> = {
  chromium: ['chromium-browser', 'google-chrome', 'google-chrome-stable'],
}

/** @returns the path of a program, or undefined. Debian keeps PostgreSQL outside PATH; its newest version wins */
export function findProgram(name: ProgramName): string | undefined {
  const inPath = [name, ...(otherNames[name] ?? [])]
    .map((each) => Bun.which(each))
    .find((path) => path !== null)
  if (inPath) return inPath
  if (!existsSync(debianPostgres)) return undefined
  return readdirSync(debianPostgres)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debianPostgres, version, 'bin', name))
    .find((path) => existsSync(path))
}

/** @returns what is not on this machine */
function missingPrograms(): readonly NeededProgram[] {
  return neededPrograms.filter((program) => findProgram(program.name) === undefined)
}

/**
 * Installs what is missing where that needs no question (Debian or Ubuntu, as root or with a sudo that asks for no
 * password). Elsewhere it says what to type, and the suites that need the program skip themselves.
 *
 * @param say  prints one line
 */
export async function installMissingPrograms(say: (line: string) => void): Promise<void> {
  const missing = missingPrograms()
  if (missing.length === 0) return
  const packages = [...new Set(missing.map((program) => program.package))]
  say(`Not on this machine: ${missing.map((program) => program.name).join(', ')}`)
  const prefix = await rootPrefix()
  if (prefix && Bun.which('apt-get')) await aptInstall(prefix, packages, say)
  for (const program of missingPrograms()) {
    say(`${program.name} is missing: ${program.neededFor} will be skipped. To have it, type:`)
    say(`    ${howToInstall([program.package])}`)
  }
}

function howToInstall(packages: readonly string[]): string {
  if (process.platform === 'darwin') return `brew install ${packages.map(brewName).join(' ')}`
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

function brewName(debianName: string): string {
  if (debianName === 'chromium') return '--cask chromium'
  return debianName.startsWith('redis') ? 'redis' : debianName
}

/** What to put before a command to run it as root, or undefined when we may not. */
async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return []
  const sudo = Bun.which('sudo')
  if (!sudo) return undefined
  const probe = Bun.spawn([sudo, '-n', 'true'], { stdout: 'ignore', stderr: 'ignore' })
  return (await probe.exited) === 0 ? [sudo, '-n'] : undefined
}

async function aptInstall(
  prefix: readonly string[],
  packages: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q']
  const install = [...prefix, ...environment, 'install', '-y', '--no-install-recommends', ...packages]
  say(`Installing: ${packages.join(', ')}`)
  for (const command of [[...prefix, ...environment, 'update'], install]) {
    const code = await Bun.spawn(command, { stdin: 'ignore', stdout: 'inherit', stderr: 'inherit' }).exited
    if (code !== 0) say(`"${command.join(' ')}" ended with code ${code}`)
  }
}
