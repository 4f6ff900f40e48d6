import { describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bun, spawnProgram } from '../support/spawn-server'

const goodKey = 'kV8sTq2mXz5uRw9yBd3fHj6kLn8pQs1t'

/** Starts the server with a setting that does not fit. @returns its exit code and what it said */
async function startWith(env: Readonly<Record<string, string>>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'innkeeper-settings-'))
  const command = [bun, 'apps/all-in-one/main.ts']
  const { child, output } = spawnProgram({ command, env: { PORT: '0', DATA_DIR: dataDir, ...env } })
  const code = await child.exited
  rmSync(dataDir, { recursive: true, force: true })
  return { code, said: output() }
}

describe('a setting that does not fit ends the start with its name, its value and what was expected', () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT: '70000' }, /PORT is "70000": expected a port from 0 to 65535/],
    [{ PUBLIC_URL: 'play.example' }, /PUBLIC_URL is "play\.example": expected an address such as https:/],
    [{ ALLOWED_ORIGINS: 'https://a.example/path' }, /ALLOWED_ORIGINS is "https:\/\/a\.example\/path": expected origins/],
    [{ TRUST_PROXY: 'everybody' }, /TRUST_PROXY is "everybody": expected addresses/],
    [{ JWT_ALGORITHM: 'none' }, /JWT_ALGORITHM is "none": expected one of HS256, HS384, HS512/],
    [{ ACCESS_TOKEN_EXPIRE_MINUTES: '31' }, /ACCESS_TOKEN_EXPIRE_MINUTES is "31": expected a whole number from 1 to 30/],
    [{ REFRESH_TOKEN_EXPIRE_DAYS: '0' }, /REFRESH_TOKEN_EXPIRE_DAYS is "0": expected a whole number from 1/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud": expected one of/],
    [{ IDENTITY_ISSUERS: '[{"issuer":"x"}]' }, /IDENTITY_ISSUERS is "\[\{"issuer":"x"\}\]": expected a JSON list/],
    [{ PORT: '-1', LOG_LEVEL: 'loud' }, /PORT is "-1"[^]*LOG_LEVEL is "loud"/],
  ]
  it.each(wrong)('%j', async (env, message) => {
    const { code, said } = await startWith(env)
    expect(said).toMatch(message)
    expect(said).not.toMatch(/\bat .+:\d+:\d+/)
    expect(code).toBe(78)
  })
})

describe('a secret that does not fit is named and never shown', () => {
  const wrong: [string, Record<string, string>, string][] = [
    ['31 bytes', { JWT_SECRET_KEY: goodKey.slice(1) }, 'JWT_SECRET_KEY is [secret]: expected at least 32 bytes'],
    ['one letter', { JWT_SECRET_KEY: 'a'.repeat(64) }, 'JWT_SECRET_KEY is [secret]'],
    ['a known example', { JWT_SECRET_KEY: 'your-secret-key-change-me-in-production' }, 'JWT_SECRET_KEY is [secret]'],
    ['another known example', { JWT_SECRET_KEY: '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7' }, 'JWT_SECRET_KEY is [secret]'],
    ['a Redis of no kind', { REDIS_URL: 'http://:hunter2@127.0.0.1', JWT_SECRET_KEY: goodKey }, 'REDIS_URL is [secret]: expected redis://'],
    ['a database of no kind', { DATABASE_URL: 'mysql://root:hunter2@127.0.0.1/x' }, 'DATABASE_URL is [secret]: expected file:'],
    ['none where nodes share one', { REDIS_URL: 'redis://127.0.0.1:1' }, 'JWT_SECRET_KEY is missing: expected'],
  ]
  it.each(wrong)('%s', async (_what, env, message) => {
    const { code, said } = await startWith(env)
    expect(said).toContain(message)
    for (const secret of Object.values(env)) expect(said).not.toContain(secret)
    expect(said).not.toContain('hunter2')
    expect(code).toBe(78)
  })
})
