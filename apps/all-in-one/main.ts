import { readGameServerSettings, type GameServerSettings } from '@innkeeper/game-server/config'
import { createJsonLog } from '@innkeeper/process-kit/json-log'
import { endInOrder } from '@innkeeper/process-kit/orderly-end'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { buildWeb } from '@innkeeper/web/build'
import { SettingsError } from '@innkeeper/web-kit/settings'
import { networkUrls } from './addresses'
import { environment } from './config'
import { startAllInOne } from './start-all-in-one'

const settings = readSettingsOrEnd()
const log = createJsonLog({ level: settings.LOG_LEVEL, service: 'innkeeper' })
const pageFolder = await buildWeb()
const server = await startOrEnd()
endInOrder(() => server.stop(), log)
console.log(welcome(server.url))

function readSettingsOrEnd(): GameServerSettings {
  try {
    return readGameServerSettings(environment)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    console.error(`Innkeeper cannot start with these settings:\n${error.message}`)
    process.exit(78)
  }
}

async function startOrEnd() {
  try {
    return await startAllInOne({ settings, pageFolder, clock: Date.now, random: systemRandom, log })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isPortTaken = 'code' in error && error.code === 'EADDRINUSE'
    const advice = `Port ${settings.PORT} is taken. Stop what uses it, or choose another: PORT=7780 npm start`
    console.error(isPortTaken ? advice : `Innkeeper cannot start: ${error.message}`)
    process.exit(1)
  }
}

function welcome(url: string): string {
  const network = networkUrls(settings, settings.PORT)
  const phones =
    network.length > 0
      ? `  On phones of your network: ${network.join('  ')}`
      : '  Phones of your network can join after: HOST=0.0.0.0 npm start'
  return `\n  The table is open at ${url}\n${phones}\n  API: ${url}/docs   Stop: Ctrl+C\n`
}
