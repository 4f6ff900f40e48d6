import { startProcess } from '@innkeeper/process-kit/start-process'
import { environment, readGameServerSettings } from './config'
import { startGameServer } from './start-game-server'

await startProcess({
  name: 'game-server',
  readSettings: () => readGameServerSettings(environment),
  start: startGameServer,
  welcome({ url: publicUrl }, { NODE_URL: url = publicUrl }) {
    return `\n  Rooms and tables at ${url}\n  API: ${url}/docs   Stop: Ctrl+C\n`
  },
})
