import { asUser } from '../../scripts/services/background-program'
import { findProgram } from '../../scripts/services/programs'
import { freePort } from './free-port'
import { until } from './until'

/** A Redis of one suite alone, which may do to it what it likes. */
export interface OwnRedis {
  readonly url: string
  /** Stops it in the middle of whatever it does (SIGSTOP): it takes connections and answers nothing. */
  freeze(): void
  thaw(): void
  /** Ends it as a power cut would (SIGKILL). It keeps nothing. */
  kill(): Promise<void>
  /** Starts it again on the same port, empty. Resolves when it answers. */
  restart(): Promise<void>
}

/** @returns whether this machine can run a Redis; the suites that need their own skip themselves where not */
export function canRunRedis(): boolean {
  return findProgram('redis-server') !== undefined
}

/** Starts a Redis that keeps nothing on disk. `kill` it in the end. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await freePort()
  const server = { process: await start(port) }
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => server.process.kill('SIGSTOP'),
    thaw: () => server.process.kill('SIGCONT'),
    async kill() {
      server.process.kill('SIGKILL')
      await server.process.exited
    },
    async restart() {
      server.process = await start(port)
    },
  }
}

async function start(port: number): Promise<Bun.Subprocess> {
  const place = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    '/tmp',
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const command = asUser([findProgram('redis-server') ?? 'redis-server', ...place])
  const server = Bun.spawn(command, { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' })
  await until(() => answers(port), { message: `Redis answers on port ${port}` })
  return server
}

async function answers(port: number): Promise<boolean> {
  const heard = Promise.withResolvers<boolean>()
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      open: (opened) => void opened.write('PING\r\n'),
      data: (_socket, data) => heard.resolve(data.toString().startsWith('+PONG')),
      close: () => heard.resolve(false),
    },
  })
  try {
    return await heard.promise
  } finally {
    socket.end()
  }
}
