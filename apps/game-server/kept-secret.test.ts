import { afterAll, describe, expect, it } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { keptSecret } from './kept-secret'

describe('the secret that a node keeps', () => {
  const home = mkdtempSync(join(tmpdir(), 'innkeeper-secret-'))
  afterAll(() => rmSync(home, { recursive: true }))

  it('is 48 random bytes, the same after a restart', async () => {
    const path = join(home, 'restart', 'session-secret')
    const secret = await keptSecret(path, systemRandom)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(48)
    expect(await keptSecret(path, systemRandom)).toBe(secret)
    expect(await keptSecret(join(home, 'elsewhere'), systemRandom)).not.toBe(secret)
  })

  it('is for its owner alone: file mode 600, in a folder of mode 700', async () => {
    const path = join(home, 'mode', 'session-secret')
    await keptSecret(path, systemRandom)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'mode')).mode & 0o777).toBe(0o700)
  })

  it('is one secret when many first starts come at once, and nothing else stays behind', async () => {
    const path = join(home, 'race', 'session-secret')
    const secrets = await Promise.all(Array.from({ length: 20 }, () => keptSecret(path, systemRandom)))
    expect(new Set(secrets).size).toBe(1)
    expect(secrets[0]).toHaveLength(64)
    expect(readdirSync(join(home, 'race'))).toEqual(['session-secret'])
  })
})
