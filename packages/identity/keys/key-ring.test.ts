import { afterEach, describe, expect, it } from 'bun:test'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { silentLog } from '@innkeeper/protocol/tools'
import { createIdentityTokenIssuer, createIdentityVerifier } from '@innkeeper/tokens/identity-tokens'
import { localKeySource } from '@innkeeper/tokens/key-sets/local-key-source'
import { systemRandom } from '../testing/identity-under-test'
import { defaultKeyPolicy } from './key-plan'
import { createFileKeyStore } from './file-key-store'
import { openKeyRing, type KeyRing } from './key-ring'

const minutes = 60_000

/** Opens rings over one directory with one clock, as several processes do. */
function createBench() {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-keys-'))
  const directory = join(folder, 'keys')
  const time = { now: 1_795_000_000_000 }
  const rings: KeyRing[] = []
  const open = async (policy = defaultKeyPolicy, onLostKey?: () => void): Promise<KeyRing> => {
    const store = createFileKeyStore(directory)
    const ring = await openKeyRing({
      store,
      clock: () => time.now,
      log: silentLog,
      refreshMs: 3_600_000,
      policy,
      ...(onLostKey && { onLostKey }),
    })
    rings.push(ring)
    return ring
  }
  const close = (): void => {
    for (const ring of rings) ring.close()
    rmSync(folder, { recursive: true })
  }
  return { directory, time, open, close }
}

describe('signing keys in files', () => {
  let bench = createBench()

  afterEach(() => {
    bench.close()
    bench = createBench()
  })

  const published = (ring: KeyRing): readonly string[] => ring.publicKeys().keys.map(({ kid }) => kid)

  it('makes one at the first start, which only its owner can read', async () => {
    const ring = await bench.open()
    expect(ring.list()).toMatchObject([{ state: 'active' }])
    expect(statSync(bench.directory).mode & 0o777).toBe(0o700)
    for (const file of readdirSync(bench.directory)) {
      expect(statSync(join(bench.directory, file)).mode & 0o777).toBe(0o600)
    }
    expect(JSON.stringify(ring.list())).not.toContain('rivate')
    expect(Object.keys(ring.publicKeys().keys[0] ?? {}).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
    expect(ring.publicPem()).toStartWith('-----BEGIN PUBLIC KEY-----')
  })

  it('closes a directory that was open to others', async () => {
    await bench.open()
    chmodSync(bench.directory, 0o755)
    const ring = await bench.open()
    await ring.rotateNow()
    expect(statSync(bench.directory).mode & 0o777).toBe(0o700)
  })

  it('has the same key after a restart, and one key when several processes start at once', async () => {
    const rings = await Promise.all([bench.open(), bench.open(), bench.open()])
    const kids = rings.map((ring) => ring.signingKey().kid)
    expect(new Set(kids).size).toBe(1)
    expect((await bench.open()).signingKey().kid).toBe(kids[0] ?? '')
  })

  it('rotates without a moment in which a token cannot be verified', async () => {
    const ring = await bench.open()
    const old = ring.signingKey().kid
    await ring.rotateNow()
    const next = published(ring).find((kid) => kid !== old) ?? ''
    expect(ring.signingKey().kid).toBe(old)
    bench.time.now += 15 * minutes
    await ring.refresh()
    expect(ring.signingKey().kid).toBe(next)
    expect(published(ring)).toEqual([old, next])
    bench.time.now += 20 * minutes
    await ring.refresh()
    expect(published(ring)).toEqual([next])
    expect(readdirSync(bench.directory).filter((file) => file.endsWith('.pem'))).toEqual([`${next}.pem`])
  })

  it('rotates by itself after 30 days', async () => {
    const ring = await bench.open()
    const old = ring.signingKey().kid
    bench.time.now += 30 * 24 * 60 * minutes - 15 * minutes
    await ring.refresh()
    expect(ring.list().map(({ state }) => state)).toEqual(['active', 'pending'])
    bench.time.now += 15 * minutes
    await ring.refresh()
    expect(ring.signingKey().kid).not.toBe(old)
  })

  it('follows what another process changed', async () => {
    const [one, other] = [await bench.open(), await bench.open()]
    await one.rotateNow()
    await other.refresh()
    expect(other.list()).toEqual(one.list())
    await one.removeCompromised(one.signingKey().kid)
    await other.refresh()
    expect(other.signingKey().kid).toBe(one.signingKey().kid)
  })

  const issueAndVerify = (ring: KeyRing) => {
    const clock = (): number => bench.time.now
    const names = { issuer: 'https://id.example', audience: 'innkeeper' }
    const keys = localKeySource(() => ring.publicKeys())
    const issuer = createIdentityTokenIssuer({
      ...names,
      signingKey: () => ring.signingKey(),
      clock,
      random: systemRandom,
    })
    const verifier = createIdentityVerifier({ issuers: [{ ...names, keys }], clock, log: silentLog })
    return { issue: () => issuer.issue(somebody()).token, verify: (token: string) => verifier.verify(token) }
  }

  it('[SEC-61] accepts a retiring key until it leaves, and not after', async () => {
    // Shorter than a token lives, so that it is the key and not the token that ends first.
    const ring = await bench.open({ ...defaultKeyPolicy, retireMs: 5 * minutes })
    const { issue, verify } = issueAndVerify(ring)
    await ring.rotateNow()
    bench.time.now += 15 * minutes - 1
    const token = issue()
    bench.time.now += 1
    await ring.refresh()
    await expect(verify(token)).resolves.toMatchObject({ nick: 'Wirt' })
    bench.time.now += 5 * minutes - 1
    await ring.refresh()
    await expect(verify(token)).resolves.toMatchObject({ nick: 'Wirt' })
    bench.time.now += 1
    await ring.refresh()
    expect(published(ring)).toHaveLength(1)
    await expect(verify(issue())).resolves.toMatchObject({ nick: 'Wirt' })
    await expect(verify(token)).rejects.toMatchObject({ code: 'token-invalid' })
  })

  it('[SEC-62] refuses every token of a key that was taken out, at once', async () => {
    const ring = await bench.open()
    const { issue, verify } = issueAndVerify(ring)
    const token = issue()
    await expect(verify(token)).resolves.toMatchObject({ nick: 'Wirt' })
    const stolen = ring.signingKey().kid
    await ring.removeCompromised(stolen)
    expect(published(ring)).not.toContain(stolen)
    expect(readdirSync(bench.directory)).not.toContain(`${stolen}.pem`)
    // What was verified before the removal is looked at again, because the key source's epoch grew.
    await expect(verify(issue())).resolves.toMatchObject({ nick: 'Wirt' })
    await expect(verify(token)).rejects.toMatchObject({ code: 'token-invalid' })
    await expect(ring.removeCompromised(stolen)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('[SEC-62] tells of a key that another process took out, and of nothing else', async () => {
    const bench = createBench()
    let lost = 0
    const running = await bench.open(undefined, () => (lost += 1))
    const [key] = running.list()
    const tool = await bench.open()
    await tool.rotateNow()
    await running.refresh()
    expect(lost).toBe(0)
    await tool.removeCompromised(key?.kid ?? '')
    await running.refresh()
    expect(lost).toBe(1)
  })

  it('does not start over a damaged list: new keys would end every sign-in', async () => {
    await bench.open()
    const list = join(bench.directory, 'keys.json')
    const good = readFileSync(list)
    writeFileSync(list, '{"keys":[{"kid":"../../etc/passwd","state":"active","createdAtMs":1}]}')
    await expect(bench.open()).rejects.toThrow('damaged')
    writeFileSync(list, good)
    const [pem = ''] = readdirSync(bench.directory).filter((file) => file.endsWith('.pem'))
    rmSync(join(bench.directory, pem))
    await expect(bench.open()).rejects.toThrow('missing')
  })

  it('takes over the lock of a process that was killed', async () => {
    const ring = await bench.open()
    const lock = join(bench.directory, '.lock')
    writeFileSync(lock, '')
    const longAgo = performance.timeOrigin / 1000 - 60
    utimesSync(lock, longAgo, longAgo)
    await ring.rotateNow()
    expect(ring.list()).toHaveLength(2)
  })

  it('keeps one secret, whoever asks first', async () => {
    const stores = [createFileKeyStore(bench.directory), createFileKeyStore(bench.directory)]
    const secrets = await Promise.all(
      stores.map((store) => store.secret('refresh', () => systemRandom.bytes(32))),
    )
    expect(Buffer.compare(secrets[0] ?? Buffer.alloc(0), secrets[1] ?? Buffer.alloc(1))).toBe(0)
    expect(secrets[0]).toHaveLength(32)
    writeFileSync(join(bench.directory, 'refresh.secret'), 'short')
    await expect(
      createFileKeyStore(bench.directory).secret('refresh', () => systemRandom.bytes(32)),
    ).rejects.toThrow('damaged')
  })
})

function somebody(): { readonly uuid: PlayerUuid; readonly nick: string; readonly sid: SignInId } {
  const uuid = systemRandom.uuid()
  return { uuid: uuid as PlayerUuid, nick: 'Wirt', sid: uuid as SignInId }
}
