import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/checks/run-checks'
import { leakedTokens } from '../../scripts/tests/leaked-tokens'
import { createFrontDesk, unique, type FrontDesk } from './front-desk'
import { freePort } from './free-port'
import { serverLogs } from './test-log'
import { until } from './until'

export interface SpawnOptions {
  /** What is run, from the root of the repository. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** A server in a process of its own, which can be ended in every way. */
export interface SpawnedServer extends FrontDesk {
  readonly port: number
  readonly pid: number
  readonly exited: Promise<number>
  signal(name: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  /** Everything that it printed so far. */
  output(): string
}

/** The program of this runtime, and the one that `npm start` comes through. */
export const bun = process.execPath
export const launcher = ['node', join(repositoryRoot, 'scripts/bun.mjs')]

/** Starts a process and does not wait for anything. */
export function spawnProgram({ command, env }: SpawnOptions) {
  mkdirSync(serverLogs, { recursive: true })
  const file = join(serverLogs, `spawned-${unique()}.log`)
  const log = Bun.file(file)
  // Nothing of ours but what a program needs to be found: a setting of this shell must not reach a test.
  const bare = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  const child = Bun.spawn([...command], {
    cwd: repositoryRoot,
    env: { ...bare, ...env },
    stdin: 'ignore',
    stdout: log,
    stderr: log,
  })
  return { child, output: () => readFileSync(file, 'utf8') }
}

/** Starts a server and waits until it is ready. */
export async function spawnServer(options: SpawnOptions): Promise<SpawnedServer> {
  const port = Number(options.env['PORT'] ?? (await freePort()))
  const env = {
    LOG_LEVEL: 'debug',
    TRUST_PROXY: 'loopback',
    GUEST_TICKETS_PER_MINUTE: '0',
    ...options.env,
    PORT: String(port),
  }
  const { child, output } = spawnProgram({ ...options, env })
  const desk = createFrontDesk(`http://127.0.0.1:${port}`)
  const isReady = async () => child.exitCode !== null || (await desk.call('GET', '/readyz')).status === 200
  await until(isReady, { ms: 30_000, everyMs: 50, message: 'the server is ready' })
  if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`)
  return {
    ...desk,
    ...{ port, output, pid: child.pid },
    exited: child.exited.then((code) => {
      const leaks = leakedTokens(output())
      if (leaks.length > 0)
        throw new Error(`[SEC-110] A server printed what opens a door:\n${leaks.join('\n')}`)
      return code
    }),
    signal: (name) => child.kill(name),
  }
}

/** @returns whether a process of this id exists and is no zombie */
export function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false // No such process.
  }
}

/** @returns the ids of the children of a process, and of theirs */
export function descendantsOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  const children = text === '' ? [] : text.split(' ').map(Number)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}
