/**
 * `npm run services`: the services that the tests use, for as long as you like. In another terminal, paste the lines
 * that it prints; after that `bun test <file>` runs on PostgreSQL, Redis and Redis Cluster too.
 */
import { installMissingPrograms } from './services/programs'
import { startServices } from './services/start-services'

await installMissingPrograms((line) => {
  console.error(line)
})
const services = await startServices()
for (const [name, value] of Object.entries(services.environment)) console.log(`export ${name}='${value}'`)
console.error('Running. Press ctrl-c to end them.')

await new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      resolve()
    })
  }
})
await services.stop()
process.exit(0)
