import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllInOne } from '@innkeeper/all-in-one/start-all-in-one'
import { readGameServerSettings } from '@innkeeper/game-server/config'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { createFrontDesk, unique, type FrontDesk } from './front-desk'
import { freePort } from './free-port'
import { createTestClock, type TestClock } from './test-clock'
import { createTestLog, type TestLog } from './test-log'

export interface TestServerOptions {
  /** Added to settings that suit a test: a free port, data in a temporary folder, no limit on tickets. */
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: TestClock
  /** The data of an earlier server; it is not removed at the end. */
  readonly dataDir?: string
}

/** A whole server in this process, reached through HTTP and sockets alone. */
export interface TestServer extends FrontDesk {
  readonly port: number
  readonly clock: TestClock
  readonly log: TestLog
  readonly dataDir: string
  /** May be called twice. @throws Error when a token was handed to the log */
  stop(): Promise<void>
}

/** Starts everything that `npm start` starts, with a clock that can be moved. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { clock = createTestClock() } = options
  const home = mkdtempSync(join(tmpdir(), 'innkeeper-test-'))
  const dataDir = options.dataDir ?? join(home, 'data')
  writeFileSync(join(home, 'index.html'), '<!doctype html><title>Innkeeper</title>')
  const port = Number(options.env?.['PORT'] ?? (await freePort()))
  const log = createTestLog(`${port}-${unique()}`)
  const settings = readGameServerSettings({
    ...testSettings,
    ...options.env,
    PORT: String(port),
    DATA_DIR: dataDir,
  })
  const server = await startAllInOne({
    settings,
    pageFolder: home,
    clock: clock.now,
    random: systemRandom,
    log,
  })
  const stop = async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
    const leaks = log.leaks()
    if (leaks.length > 0) throw new Error(`[SEC-110] The log holds what opens a door:\n${leaks.join('\n')}`)
  }
  let stopped: Promise<void> | undefined
  return {
    ...createFrontDesk(`http://127.0.0.1:${port}`),
    ...{ port, clock, log, dataDir },
    stop: () => (stopped ??= stop()),
  }
}

/** We are the proxy in front of it, so that a test chooses the addresses that its players come from. */
const testSettings = { TRUST_PROXY: 'loopback', GUEST_TICKETS_PER_MINUTE: '0', LOG_LEVEL: 'debug' }
