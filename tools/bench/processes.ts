import path from 'node:path'
import type { Job } from './load/jobs'

const here = import.meta.dir
const canPin =
  process.platform === 'linux' && Bun.which('taskset') !== null && navigator.hardwareConcurrency > 1

/** The server has one core and the load generator the other, where the system lets us say so. */
export const cores = { server: 0, generator: 1, isPinned: canPin } as const

const pinned = (core: number, command: readonly string[]) =>
  canPin ? ['taskset', '-c', String(core), ...command] : [...command]

/** A server under test. */
export interface ServerProcess {
  readonly pid: number
  readonly port: number
  readonly rooms: readonly string[]
  stop(): Promise<void>
}

type Child = Bun.Subprocess<'pipe' | 'ignore' | Blob, 'pipe' | 'inherit', 'inherit'>
const running = new Set<Child>()

/** Ends every process that this run started, by its id; also when the run itself is interrupted. */
export function stopEverything(): void {
  for (const child of running) child.kill('SIGKILL')
}

function spawn<Options extends { stdin: 'pipe' | Blob; stdout: 'pipe'; timeout?: number }>(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  options: Options,
) {
  const child = Bun.spawn([...command], {
    ...options,
    stderr: 'inherit',
    cwd: path.join(here, '..', '..'),
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })
  running.add(child)
  void child.exited.then(() => running.delete(child))
  return child
}

async function stop(child: Child): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
  await child.exited
  clearTimeout(timer)
}

/**
 * Starts a peer and waits for its ready line.
 *
 * @param command  the whole command; it runs on the server's core
 */
export async function startPeer(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const child = spawn(pinned(cores.server, command), environment, { stdin: 'pipe', stdout: 'pipe' })
  const ready = await firstReadyLine(child.stdout)
  return { pid: child.pid, port: ready.port, rooms: ready.rooms, stop: () => stop(child) }
}

async function firstReadyLine(output: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of output) {
    text += decoder.decode(chunk, { stream: true })
    const line = text
      .split('\n')
      .find((candidate) => candidate.startsWith('{"ready":true') && candidate.endsWith('}'))
    if (line) return JSON.parse(line) as { readonly port: number; readonly rooms: readonly string[] }
  }
  throw new Error(`A peer ended before it was ready: ${text}`)
}

/** Starts a server that says by HTTP when it is ready, and has no rooms yet. */
export async function startByHealth(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  port: number,
): Promise<ServerProcess> {
  const child = spawn(pinned(cores.server, command), environment, { stdin: 'pipe', stdout: 'pipe' })
  const printed = new Response(child.stdout).text()
  const givesUpAt = Date.now() + 20_000
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${await printed}`)
    if (Date.now() > givesUpAt) throw new Error(`The server is not ready on port ${port} after 20 s`)
    await Bun.sleep(50)
  }
  return { pid: child.pid, port, rooms: [], stop: () => stop(child) }
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
  } catch {
    return false
  }
}

/** Most jobs take some seconds. One that waits for an answer that never comes must not hold up the run. */
const jobMs = 180_000

/** Runs one job in a fresh load process on the generator's core. */
export async function runJob<Result>(job: Job): Promise<Result> {
  const alone = job.kind === 'verify' || job.kind === 'rules'
  const script = alone ? `servers/${job.kind}-alone.ts` : 'load/generator.ts'
  const core = alone ? cores.server : cores.generator
  const command = pinned(core, [process.execPath, path.join(here, script)])
  const child = spawn(command, {}, { stdin: new Blob([JSON.stringify(job)]), stdout: 'pipe', timeout: jobMs })
  const output = await new Response(child.stdout).text()
  if ((await child.exited) !== 0)
    throw new Error(`The load process failed, or took over ${jobMs / 1_000} s, in a ${job.kind} job`)
  return JSON.parse(output) as Result
}

/** @returns a port of the loopback that is free now */
export function freePort(): number {
  const probe = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { port } = probe
  probe.stop(true)
  return port
}
