import { createPrivateKey, randomUUID } from 'node:crypto'
import { chmod, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { toKeyRecord, type KeyRecord } from './key-plan'
import type { KeyStore, SigningKey } from './key-store'

const recordSchema = z.strictObject({
  kid: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  state: z.enum(['pending', 'active', 'retiring']),
  createdAtMs: z.number(),
  dueAtMs: z.number().exactOptional(),
  retireAtMs: z.number().exactOptional(),
})
const listSchema = z.strictObject({ keys: z.array(recordSchema) })

const lockStaleMs = 30_000
const lockPatienceMs = 10_000

/**
 * Keys as files of one directory that only its owner can enter: `keys.json` says how each key stands, `<kid>.pem` is
 * its private half. Every file is written whole beside its place and then moved there, so that a crash leaves the old
 * one. Processes that share the directory take turns with a lock file.
 */
export function createFileKeyStore(directory: string): KeyStore {
  return {
    load: () => load(directory),
    change: (decide) =>
      locked(directory, async () => {
        const before = await load(directory)
        const change = await decide(before)
        if (change === undefined) return before
        // The material first: a list that names a key without it could not be loaded.
        for (const { kid, privateKey } of change.added ?? []) {
          const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
          await writeWhole(directory, `${kid}.pem`, pem)
        }
        const keys = change.keys.map(toKeyRecord)
        await writeWhole(directory, 'keys.json', `${JSON.stringify({ keys }, null, 2)}\n`)
        await removeOthers(directory, keys)
        return await load(directory)
      }),
    async version() {
      const { mtimeMs, ino, size } = await stat(join(directory, 'keys.json'))
      return `${ino}.${mtimeMs}.${size}`
    },
    secret: (name, make) => secret(directory, name, make),
  }
}

async function load(directory: string): Promise<readonly SigningKey[]> {
  const text = await readText(join(directory, 'keys.json'))
  if (text === undefined) return []
  const list = listSchema.safeParse(parseJson(text))
  if (!list.success) throw new Error(`The list of signing keys in ${directory} is damaged`)
  return await Promise.all(list.data.keys.map((record) => loadKey(directory, record)))
}

async function loadKey(directory: string, record: KeyRecord): Promise<SigningKey> {
  const pem = await readText(join(directory, `${record.kid}.pem`))
  if (pem === undefined) throw new Error(`The signing key ${record.kid} is missing in ${directory}`)
  return { ...record, privateKey: createPrivateKey(pem) }
}

async function removeOthers(directory: string, keys: readonly KeyRecord[]): Promise<void> {
  const known = new Set(keys.map(({ kid }) => `${kid}.pem`))
  const files = await readdir(directory)
  await Promise.all(
    files
      .filter((file) => file.endsWith('.pem') && !known.has(file))
      .map((file) => rm(join(directory, file))),
  )
}

async function secret(directory: string, name: string, make: () => Uint8Array): Promise<Uint8Array> {
  const path = join(directory, `${name}.secret`)
  const known = await readText(path)
  if (known !== undefined) return parseSecret(known, path)
  await makeDirectory(directory)
  const draft = await writeDraft(directory, `${name}.secret`, Buffer.from(make()).toString('base64url'))
  try {
    // A link fails when the file exists, so that of two processes which start at once both use the first one's.
    await link(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return parseSecret((await readText(path)) ?? '', path)
}

function parseSecret(text: string, path: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (bytes.byteLength < 32) throw new Error(`The secret in ${path} is damaged`)
  return bytes
}

async function writeWhole(directory: string, name: string, text: string | Buffer): Promise<void> {
  await rename(await writeDraft(directory, name, text), join(directory, name))
}

async function writeDraft(directory: string, name: string, text: string | Buffer): Promise<string> {
  const draft = join(directory, `.${name}.${randomUUID()}`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}

async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
}

async function locked<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  await makeDirectory(directory)
  const path = join(directory, '.lock')
  const giveUpAtMs = performance.now() + lockPatienceMs
  while (!(await takeLock(path))) {
    if (performance.now() > giveUpAtMs)
      throw new Error(`The keys in ${directory} are locked by another process (${path})`)
    await Bun.sleep(20)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function takeLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.close()
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    await removeStale(path)
    return false
  }
}

// Whoever held the lock so long was killed with it: a change takes milliseconds.
async function removeStale(path: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(path)
    // A file's time is the system's, whatever clock the service was given.
    const systemTimeMs = performance.timeOrigin + performance.now()
    if (systemTimeMs - mtimeMs > lockStaleMs) await rm(path, { force: true })
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // The schema refuses it, with the directory's name.
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
