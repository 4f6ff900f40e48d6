import { randomUUID } from 'node:crypto'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SQL } from 'bun'
import { freePort } from '../../tests/support/free-port'
import { until } from '../../tests/support/until'
import { asUser, type BackgroundProgram, type Start } from './background-program'
import { findProgram } from './programs'

const superuser = 'innkeeper'

/**
 * Starts a PostgreSQL of our own in a new data directory, durable as in production (fsync stays on).
 *
 * @param folder  an existing folder that its system user may enter
 * @returns `postgres://…`, or undefined when PostgreSQL is not installed
 * @throws Error with the end of its log when it does not come up
 */
export async function startPostgres(folder: string, start: Start): Promise<string | undefined> {
  const initdb = findProgram('initdb')
  const postgres = findProgram('postgres')
  if (!initdb || !postgres) return undefined
  const home = join(folder, 'postgres')
  mkdirSync(home, { mode: 0o700 })
  const password = randomUUID()
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const owner = await unprivilegedUser()
  if (owner) for (const path of [home, passwordFile]) chownSync(path, owner.uid, owner.gid)
  const run = owner ? { user: owner.name } : {}
  await createCluster([initdb, '-D', join(home, 'data'), `--pwfile=${passwordFile}`], run)

  const port = await freePort()
  const command = [postgres, '-D', join(home, 'data'), '-p', String(port), '-k', home, '-h', '127.0.0.1']
  const logFile = join(folder, 'postgres.log')
  const settings = ['-c', 'max_connections=200']
  const program = start([...command, ...settings], { ...run, logFile, stopSignal: 'SIGINT' })
  const address = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`
  await until(() => answers(address, program), { ms: 30_000, everyMs: 50, message: `PostgreSQL, ${logFile}` })
  return address
}

async function createCluster(initdb: readonly string[], run: { readonly user?: string }): Promise<void> {
  const options = ['-U', superuser, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync']
  const child = Bun.spawn(asUser([...initdb, ...options], run), {
    stdout: 'ignore',
    stderr: 'pipe',
    cwd: '/',
  })
  const complaint = await new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw new Error(`initdb failed:\n${complaint}`)
}

async function answers(address: string, program: BackgroundProgram): Promise<boolean> {
  if (program.hasEnded()) throw new Error(`PostgreSQL ended:\n${program.lastLines()}`)
  const sql = new SQL(address, { max: 1, connectionTimeout: 2 })
  try {
    await sql`select 1`
    return true
  } finally {
    await sql.end()
  }
}

interface SystemUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root; the package brings the user `postgres`, and `nobody` is everywhere. */
async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const lines = (await Bun.file('/etc/passwd').text()).split('\n').map((line) => line.split(':'))
  const [name, , uid, gid] =
    lines.find(([user]) => user === 'postgres') ?? lines.find(([user]) => user === 'nobody') ?? []
  if (!name)
    throw new Error('PostgreSQL does not run as root, and /etc/passwd names neither postgres nor nobody')
  return { name, uid: Number(uid), gid: Number(gid) }
}
