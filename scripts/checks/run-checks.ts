import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './run-command'

/** The root of the repository. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

/** One thing that is checked without running the product. */
export interface Check {
  readonly name: string
  /** A program under node_modules and its arguments. Bun runs it, whatever Node is on the machine. */
  readonly command: readonly string[]
}

/** How a check went; `output` is what it said. */
export interface CheckResult {
  readonly name: string
  readonly hasPassed: boolean
  readonly seconds: number
  readonly output: string
}

const typesCache = 'node_modules/.cache/types.tsbuildinfo'

const checks = {
  types: {
    name: 'types',
    // What has not changed since the last run is not checked again.
    command: ['typescript/bin/tsc', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', typesCache],
  },
  pageTypes: {
    name: 'types of the page',
    command: ['vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'apps/web/tsconfig.json'],
  },
  lint: { name: 'lint', command: ['eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  format: { name: 'format', command: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  walls: {
    name: 'walls',
    command: [
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      ...['packages', 'apps', 'tests', 'scripts'],
    ],
  },
} as const satisfies Record<string, Check>

/**
 * Types, lint, format and walls. Lint takes as long as the others together, so it has one lane and they share the
 * other: two cores are busy and no more.
 *
 * @param report  is told of each check as it ends
 * @returns all of them, in the order in which they ended
 */
export async function runChecks(report: (result: CheckResult) => void): Promise<readonly CheckResult[]> {
  const page = existsSync(join(repositoryRoot, 'apps/web/tsconfig.json')) ? [checks.pageTypes] : []
  const lanes: readonly (readonly Check[])[] = [
    [checks.lint],
    [checks.walls, checks.types, ...page, checks.format],
  ]
  const results: CheckResult[] = []
  await Promise.all(
    lanes.map(async (lane) => {
      for (const check of lane) {
        const result = await runCheck(check)
        results.push(result)
        report(result)
      }
    }),
  )
  return results
}

/** Prints a check's line, and what it found where it found something. */
export function printCheck(result: CheckResult): void {
  console.log(`${result.hasPassed ? 'pass' : 'FAIL'}  ${result.name} (${result.seconds.toFixed(1)} s)`)
  if (!result.hasPassed) console.log(result.output)
}

/** Tests beside the checks measure how fast a server answers. */
const givesWay = process.platform === 'win32' ? [] : ['nice', '-n', '10']

async function runCheck(check: Check): Promise<CheckResult> {
  const [program, ...parameters] = check.command
  const start = performance.now()
  const command = [
    ...givesWay,
    process.execPath,
    join(repositoryRoot, 'node_modules', program ?? ''),
    ...parameters,
  ]
  const { code, output } = await runCommand(command, repositoryRoot)
  return { name: check.name, hasPassed: code === 0, seconds: (performance.now() - start) / 1000, output }
}
