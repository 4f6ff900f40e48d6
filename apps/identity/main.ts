import { startProcess } from '@innkeeper/process-kit/start-process'
import { environment, readIdentitySettings } from './config'
import { startIdentity } from './start-identity'

await startProcess({
  name: 'identity',
  readSettings: () => readIdentitySettings(environment),
  start: startIdentity,
  welcome: ({ url }) => `\n  Accounts at ${url}\n  Keys: ${url}/.well-known/jwks.json   Stop: Ctrl+C\n`,
})
