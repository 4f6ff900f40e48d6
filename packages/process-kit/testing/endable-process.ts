import { startProcess } from '../start-process'

/** A process for tests: it runs, and then what its first argument says happens to it. */
const [fate] = process.argv.slice(2)

await startProcess({
  name: 'endable',
  readSettings() {
    if (fate === 'bad-settings') {
      throw Object.assign(new Error('PORT is "x": expected a port'), { name: 'SettingsError' })
    }
    return { LOG_LEVEL: 'info', PORT: 4321 }
  },
  async start() {
    if (fate === 'port-taken') throw Object.assign(new Error('in use'), { code: 'EADDRINUSE' })
    setInterval(() => {}, 1_000)
    return {
      async stop() {
        console.log('stopped in order')
      },
    }
  },
  welcome: () => 'welcome',
})
if (fate === 'throws') {
  setTimeout(() => {
    throw new Error('nobody caught this')
  }, 1)
}
if (fate === 'rejects') void Promise.reject(new Error('nobody caught this'))
