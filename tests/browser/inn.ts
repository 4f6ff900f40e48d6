import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllInOne } from '@innkeeper/all-in-one/start-all-in-one'
import { readGameServerSettings } from '@innkeeper/game-server/config'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { silentLog } from '@innkeeper/protocol/tools'
import { buildWeb } from '@innkeeper/web/build'

/** A whole Innkeeper on a free port, with its own empty folder of data. */
export interface Inn {
  readonly url: string
  /** Ends the server; the data stays. */
  close(): Promise<void>
  /** Starts it again under the same address, on the same data. */
  reopen(): Promise<void>
  /** Ends it for good and removes the data. */
  tearDown(): Promise<void>
}

/** Builds the page if needed, and serves it as `npm start` does. */
export async function openInn(): Promise<Inn> {
  const pageFolder = await buildWeb(() => {})
  const dataDir = await mkdtemp(join(tmpdir(), 'inn-'))
  const start = (port: string) =>
    startAllInOne({
      settings: readGameServerSettings({ PORT: port, DATA_DIR: dataDir }),
      pageFolder,
      clock: Date.now,
      random: systemRandom,
      log: silentLog,
    })
  let server = await start('0')
  const { url } = server
  return {
    url,
    close: () => server.stop(),
    async reopen() {
      server = await start(new URL(url).port)
    },
    async tearDown() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
