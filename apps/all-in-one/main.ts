import { networkUrls } from '@innkeeper/game-server/addresses'
import { environment, readGameServerSettings, type GameServerSettings } from '@innkeeper/game-server/config'
import { startProcess } from '@innkeeper/process-kit/start-process'
import { buildWeb } from '@innkeeper/web/build'
import { startAllInOne } from './start-all-in-one'

await startProcess({
  name: 'innkeeper',
  readSettings: () => readGameServerSettings(environment),
  start: async (settings, effects) => startAllInOne({ settings, pageFolder: await buildWeb(), ...effects }),
  welcome: ({ url, port }, settings) => `
  The table is open at ${url}
  ${phonesLine(settings, port)}
  API: ${url}/docs   Stop: Ctrl+C
`,
})

function phonesLine(settings: GameServerSettings, port: number): string {
  const urls = networkUrls(settings, port)
  if (urls.length > 0) return `On phones of your network: ${urls.join('  ')}`
  return 'Phones of your network can join after: HOST=0.0.0.0 npm start'
}
