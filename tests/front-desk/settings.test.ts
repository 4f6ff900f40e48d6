import { describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readGameServerSettings } from '@innkeeper/game-server/config'
import { bun, spawnProgram } from '../support/spawn-server'

const goodKey = 'kV8sTq2mXz5uRw9yBd3fHj6kLn8pQs1t'

/** Starts the server with settings that do not fit. @returns its exit code and what it said */
async function startWith(env: Readonly<Record<string, string>>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'innkeeper-settings-'))
  const { child, output } = spawnProgram({
    command: [bun, 'apps/all-in-one/main.ts'],
    env: { DATA_DIR: dataDir, ...env },
  })
  const code = await child.exited
  rmSync(dataDir, { recursive: true, force: true })
  return { code, said: output() }
}

/** What reading such settings says, or nothing where they are taken. */
function refusalOf(env: Readonly<Record<string, string>>): string {
  try {
    readGameServerSettings(env)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describe('settings that do not fit', () => {
  const wrong: [string, string, string][] = [
    ['PORT', '70000', 'a port from 0 to 65535'],
    ['PORT', '-1', 'a port'],
    ['PUBLIC_URL', 'play.example', ''],
    ['NODE_URL', 'ws://node', ''],
    ['ALLOWED_ORIGINS', 'https://a.example/path', 'origins such as https://play.example'],
    ['ALLOWED_ORIGINS', '*', 'origins such as https://play.example'],
    ['TRUST_PROXY', 'everybody', 'addresses, CIDR ranges, loopback or private'],
    ['JWT_ALGORITHM', 'none', 'one of HS256, HS384, HS512'],
    ['ACCESS_TOKEN_EXPIRE_MINUTES', '31', 'a whole number from 1 to 30'],
    ['ACCESS_TOKEN_EXPIRE_MINUTES', '0', 'a whole number from 1 to 30'],
    ['REFRESH_TOKEN_EXPIRE_DAYS', '91', 'a whole number from 1 to 90'],
    ['LOG_LEVEL', 'loud', 'one of info'],
    ['IDENTITY_ISSUERS', '[{"issuer":"x"}]', 'a JSON list'],
    ['IDENTITY_ISSUERS', 'https://x', 'a JSON list'],
    ['SOCKETS_PER_IP', '0', 'a whole number from 1'],
  ]

  it('end the start, each with its name, its value and what was expected', async () => {
    const env = Object.fromEntries(wrong.map(([name, value]) => [name, value]))
    const { code, said } = await startWith(env)
    expect(code).toBe(78)
    for (const [name, value] of Object.entries(env))
      expect(said).toContain(`${name} is "${value}": expected `)
    expect(said).not.toMatch(/\bat .+:\d+:\d+/)
  }, 20_000)

  it.each(wrong)('%s=%s: expected %s', (name, value, expected) => {
    expect(refusalOf({ [name]: value })).toContain(`${name} is "${value}": expected ${expected}`)
  })
})

describe('a secret that does not fit', () => {
  const wrong: [string, Record<string, string>, string][] = [
    [
      'a key of 31 bytes',
      { JWT_SECRET_KEY: goodKey.slice(1) },
      'JWT_SECRET_KEY is [secret]: expected at least 32 bytes',
    ],
    ['a key of one letter', { JWT_SECRET_KEY: 'a'.repeat(64) }, 'JWT_SECRET_KEY is [secret]: expected'],
    [
      'a key of a tutorial',
      { JWT_SECRET_KEY: 'your-secret-key-change-me-in-production' },
      'JWT_SECRET_KEY is [secret]: expected',
    ],
    [
      'a Redis of no kind',
      { REDIS_URL: 'http://:hunter2@127.0.0.1', JWT_SECRET_KEY: goodKey },
      'REDIS_URL is [secret]: expected redis://',
    ],
    [
      'a database of no kind',
      { DATABASE_URL: 'mysql://root:hunter2@127.0.0.1/x' },
      'DATABASE_URL is [secret]: expected file:',
    ],
  ]
  it.each(wrong)('is named and never shown: %s', (_what, env, message) => {
    const said = refusalOf(env)
    expect(said).toContain(message)
    for (const secret of [...Object.values(env), 'hunter2']) expect(said).not.toContain(secret)
  })

  it('ends the start without being shown', async () => {
    const key = goodKey.slice(1)
    const { code, said } = await startWith({ JWT_SECRET_KEY: key })
    expect(code).toBe(78)
    expect(said).toContain('JWT_SECRET_KEY is [secret]: expected at least 32 bytes')
    expect(said).not.toContain(key)
  }, 20_000)

  it('is missing where several nodes must share one', async () => {
    const { code, said } = await startWith({ REDIS_URL: 'redis://127.0.0.1:1' })
    expect(code).toBe(78)
    expect(said).toContain('JWT_SECRET_KEY is missing: expected, with REDIS_URL, the same at least 32 bytes')
  }, 20_000)

  it('of 32 bytes is taken', () => {
    expect(refusalOf({ JWT_SECRET_KEY: goodKey })).toBe('')
    expect(refusalOf({ JWT_SECRET_KEY: 'ж'.repeat(8) + goodKey.slice(16) })).toBe('')
  })
})
