import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Random } from '@innkeeper/protocol/tools'

/** Reads the secret that this node keeps for itself, or makes one on the first start (file mode 600). */
export async function keptSecret(path: string, random: Random): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return (await readIfThere(path)) ?? (await makeSecret(path, random))
}

async function makeSecret(path: string, random: Random): Promise<string> {
  const draft = `${path}.${random.uuid()}`
  const secret = Buffer.from(random.bytes(48)).toString('base64url')
  try {
    await writeWhole(draft, secret)
    // A link never replaces: of two first starts at once, one puts its secret there, whole, and the other takes that.
    await link(draft, path)
    return secret
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    return (await readFile(path, 'utf8')).trim()
  } finally {
    await rm(draft, { force: true })
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    return undefined
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
