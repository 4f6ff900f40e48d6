import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { silentLog } from '@innkeeper/protocol/tools'
import { until } from '../../tests/support/until'
import { readIdentitySettings } from './config'
import { startIdentity, type RunningIdentity } from './start-identity'

describe('the identity service as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-identity-app-'))
  const settings = readIdentitySettings({ PORT: '0', DATA_DIR: folder })
  let service: RunningIdentity

  beforeAll(async () => {
    service = await startIdentity(settings, { clock: Date.now, random: systemRandom, log: silentLog })
  })

  afterAll(async () => {
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  const get = (path: string): Promise<Response> => fetch(new URL(path, service.url))

  it('is healthy, ready and counted', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready', checks: { database: 'ok' } })
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toContain('innkeeper_signing_keys{state="active"} 1')
    expect(metrics).toContain('innkeeper_http_answers_total{status="200"}')
  })

  it('publishes its keys for ten minutes', async () => {
    const keys = await get('/.well-known/jwks.json')
    expect(keys.headers.get('cache-control')).toBe('public, max-age=600')
    expect(await keys.json()).toMatchObject({ keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' }] })
    const pem = await get('/.well-known/jwt-public-key.pem')
    expect(pem.headers.get('cache-control')).toBe('public, max-age=600')
    expect(await pem.text()).toStartWith('-----BEGIN PUBLIC KEY-----')
  })

  it('documents every route', async () => {
    const { paths } = parseDocument(await (await get('/openapi.json')).json())
    expect(Object.keys(paths).sort()).toEqual([
      '/.well-known/jwks.json',
      '/.well-known/jwt-public-key.pem',
      '/auth/account',
      '/auth/export',
      '/auth/login',
      '/auth/logout',
      '/auth/logout-everywhere',
      '/auth/password',
      '/auth/refresh',
      '/auth/register',
      '/auth/sign-ins',
      '/auth/sign-ins/{id}',
      '/healthz',
      '/metrics',
      '/problems/{code}',
      '/readyz',
    ])
  })

  it('signs in over a real socket', async () => {
    const body = JSON.stringify({ username: 'greyhill', password: 'a long enough phrase' })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(new URL('/auth/register', service.url), { method: 'POST', headers, body })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ expiresIn: 900, player: { nick: 'greyhill' } })
  })

  it('follows the command line: rotate and list', async () => {
    const keys = async (...command: readonly string[]): Promise<string> => {
      const script = new URL('./keys.ts', import.meta.url).pathname
      const child = Bun.spawn([process.execPath, script, ...command], {
        env: { ...process.env, DATA_DIR: folder },
        stdout: 'pipe',
        stderr: 'pipe',
      })
      return await new Response((await child.exited) === 0 ? child.stdout : child.stderr).text()
    }
    expect(await keys('list')).toMatch(/^[\w-]{43} {2}active /)
    expect(await keys('rotate')).toContain('pending')
    await until(async () => (await (await get('/.well-known/jwks.json')).text()).split('"kid"').length === 3)
    expect(await keys('remove', 'nobody')).toContain('There is no such key')
    expect(await keys('dance')).toContain('Usage:')
  })
})

describe('the settings of the identity service', () => {
  it('name what is wrong, and never print an address with a password', () => {
    const read = () =>
      readIdentitySettings({
        PORT: 'eighty',
        DATABASE_URL: 'mysql://me:hunter2@db/x',
        PUBLIC_URL: 'play.example',
      })
    expect(read).toThrow('PORT is "eighty": expected a port from 0 to 65535')
    expect(read).toThrow('DATABASE_URL is [secret]: expected file:')
    expect(read).toThrow('PUBLIC_URL is "play.example"')
  })
})

function parseDocument(value: unknown): { readonly paths: object } {
  return value as { readonly paths: object }
}
