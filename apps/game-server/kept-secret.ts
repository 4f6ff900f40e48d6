import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Random } from '@innkeeper/protocol/tools'

/** Reads the secret that this node keeps for itself, or makes one on the first start (file mode 600). */
export async function keptSecret(path: string, random: Random): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    // `wx`: of two first starts at once, one writes and the other reads what it wrote.
    const file = await open(path, 'wx', 0o600)
    const secret = Buffer.from(random.bytes(48)).toString('base64url')
    await file.writeFile(secret)
    await file.sync()
    await file.close()
    return secret
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return (await readFile(path, 'utf8')).trim()
  }
}
