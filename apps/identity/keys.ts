import { join } from 'node:path'
import { createFileKeyStore } from '@innkeeper/identity/keys/file-key-store'
import { openKeyRing, type KeyRing } from '@innkeeper/identity/keys/key-ring'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog } from '@innkeeper/protocol/tools'
import { environment, readIdentitySettings } from './config'

const usage = `Usage: npm run identity:keys -- <command>
  list           the signing keys and how each stands
  rotate         publish a new key now; it signs as soon as verifiers can know it
  remove <kid>   take a stolen key out at once; tokens that it signed are worthless

A service that runs on the same DATA_DIR follows within seconds.`

process.exitCode = await run(process.argv.slice(2))

async function run([command = '', kid = '']: readonly string[]): Promise<number> {
  const isKnown = command === 'list' || command === 'rotate' || (command === 'remove' && kid !== '')
  if (!isKnown) return fail(usage, 64)
  const directory = join(readIdentitySettings(environment).DATA_DIR, 'keys')
  const store = createFileKeyStore(directory)
  if ((await store.load()).length === 0)
    return fail(`There are no keys in ${directory}: the service makes them at its first start`, 1)
  const keyRing = await openKeyRing({ store, clock: Date.now, log: silentLog })
  try {
    if (command === 'rotate') await keyRing.rotateNow()
    if (command === 'remove') await keyRing.removeCompromised(kid)
    print(keyRing)
    return 0
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return fail(error.detail, 1)
  } finally {
    keyRing.close()
  }
}

function print(keyRing: KeyRing): void {
  for (const { kid, state, createdAtMs, dueAtMs, retireAtMs } of keyRing.list()) {
    const due = dueAtMs === undefined ? '' : `  successor due ${new Date(dueAtMs).toISOString()}`
    const retires = retireAtMs === undefined ? '' : `  leaves ${new Date(retireAtMs).toISOString()}`
    console.log(`${kid}  ${state.padEnd(8)}  made ${new Date(createdAtMs).toISOString()}${due}${retires}`)
  }
}

function fail(message: string, code: number): number {
  console.error(message)
  return code
}
