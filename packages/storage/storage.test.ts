import { describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { freshPostgresDatabase, testPostgresUrl } from '../../tests/support/services'
import { openDatabase } from './open-database'
import { SqliteThread } from './sqlite-thread'
import { storageContract } from './storage-contract'

const quiet = { info: () => undefined }

function freshFile(): { readonly url: string; readonly path: string; drop(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-storage-'))
  const path = join(folder, 'nested', 'test.sqlite')
  return { url: `file:${path}`, path, drop: () => Promise.resolve(rmSync(folder, { recursive: true })) }
}

storageContract('SQLite', () => Promise.resolve(freshFile()))
if (testPostgresUrl()) storageContract('PostgreSQL', freshPostgresDatabase)
else it.skip('storage on PostgreSQL: needs TEST_POSTGRES_URL', () => undefined)

describe('SQLite in a thread', () => {
  it('opens with a write-ahead log, a sync at every commit, and foreign keys', async () => {
    const file = freshFile()
    const { db, close } = await openDatabase(file.url, quiet)
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`PRAGMA ${name}`).execute(db)).rows[0] ?? {})[0]
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    await close()
    expect(statSync(file.path).mode & 0o777).toBe(0o600)
    await file.drop()
  })

  it('says which database cannot be opened, and why', async () => {
    await expect(openDatabase('file:/proc/nowhere/x.sqlite', quiet)).rejects.toThrow(
      'file:/proc/nowhere/x.sqlite',
    )
    const secret = openDatabase('postgres://me:hunter2@127.0.0.1:1/none', quiet, { connectTimeoutMs: 500 })
    const error: unknown = await secret.catch((reason: unknown) => reason)
    expect(String(error)).toContain('postgres://me:***@127.0.0.1:1/none')
    expect(String(error)).not.toContain('hunter2')
  })

  it('fails everything that waits and everything later when it dies', async () => {
    const thread = await SqliteThread.open(':memory:', 100)
    const endless =
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000) select max(i) from n'
    const waiting = Promise.allSettled([thread.query(endless, []), thread.query('select 1', [])])
    thread.kill()
    const settled = await waiting
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(thread.query('select 1', [])).rejects.toMatchObject({ code: 'STORAGE_CLOSED' })
  })

  it('leaves the main thread free while it works', async () => {
    const thread = await SqliteThread.open(':memory:', 100)
    const slow =
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select max(i) as i from n'
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const { rows } = await thread.query(slow, [])
    clearInterval(timer)
    expect(rows).toEqual([{ i: 3_000_000 }])
    expect(ticks).toBeGreaterThan(5)
    await thread.close()
  })

  it('lets the process end, closed or not, and from any folder', async () => {
    const script = (end: string) => `
      const { openDatabase } = await import(${JSON.stringify(new URL('./open-database.ts', import.meta.url).pathname)})
      const { db, close } = await openDatabase('file::memory:', { info() {} })
      const { sql } = await import(${JSON.stringify(import.meta.resolve('kysely'))})
      console.log((await sql\`select 7 as n\`.execute(db)).rows[0].n)
      ${end}`
    for (const end of ['await close()', '']) {
      const child = Bun.spawn([process.execPath, '-e', script(end)], {
        cwd: '/',
        stdout: 'pipe',
        stderr: 'inherit',
      })
      expect(await new Response(child.stdout).text()).toBe('7\n')
      expect(await child.exited).toBe(0)
    }
  })
})
