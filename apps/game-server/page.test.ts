import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { silentLog } from '@innkeeper/protocol/tools'
import { createHttpApp } from '@innkeeper/web-kit/http-app'
import type { Server } from 'bun'
import { rawExchange } from '../../tests/support/raw-exchange'
import { addPage } from './page'

const html = { accept: 'text/html,application/xhtml+xml' }
const home = mkdtempSync(join(tmpdir(), 'innkeeper-page-'))
const folder = join(home, 'page')
let server: Server<undefined>

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  mkdirSync(join(home, 'page-secrets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the page</title>')
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'let shown')
  writeFileSync(join(folder, 'assets', 'main-1a2b.js.gz'), Bun.gzipSync('let shown'))
  writeFileSync(join(folder, 'sw.js'), 'let shown')
  writeFileSync(join(folder, 'sw.js.gz'), Bun.gzipSync('let shown'))
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}')
  writeFileSync(join(home, 'secret.txt'), 'top secret')
  writeFileSync(join(home, 'page-secrets', 'secret.txt'), 'top secret')
  const app = createHttpApp({ log: silentLog, random: systemRandom })
  addPage(app, folder)
  server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: app.fetch })
})
afterAll(async () => {
  await server.stop(true)
  rmSync(home, { recursive: true })
})

describe('the page', () => {
  it('is sent with a policy under which nothing of others runs, and is asked for anew each time', async () => {
    const { headers, status } = await fetch(server.url)
    expect(status).toBe(200)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types innkeeper vue',
      ]),
    )
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-cache')
  })

  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['identity', null],
    ['gzip;q=0', null],
    ['br', null],
  ])(
    'sends a script to whoever takes %p in the encoding %p, and as the same script',
    async (takes, encoding) => {
      for (const path of ['/assets/main-1a2b.js', '/sw.js']) {
        const answer = await fetch(new URL(path, server.url), { headers: { 'accept-encoding': takes } })
        expect(answer.headers.get('content-encoding')).toBe(encoding)
        expect(answer.headers.get('content-type')).toContain('javascript')
        expect(answer.headers.get('vary')).toBe('accept-encoding')
        expect(await answer.text()).toBe('let shown')
      }
    },
  )

  it('lets browsers keep what has a hash in its name', async () => {
    const asset = await fetch(new URL('/assets/main-1a2b.js', server.url))
    expect(await asset.text()).toBe('let shown')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('has a service worker that is never older than the server, and a manifest that browsers take for one', async () => {
    const worker = await fetch(new URL('/sw.js', server.url))
    expect(worker.headers.get('cache-control')).toBe('no-cache')
    expect(worker.headers.get('content-type')).toStartWith('text/javascript')
    expect(worker.headers.get('x-content-type-options')).toBe('nosniff')
    const manifest = await fetch(new URL('/manifest.webmanifest', server.url))
    expect(manifest.headers.get('content-type')).toBe('application/manifest+json')
    expect(manifest.headers.get('cache-control')).toBe('no-cache')
  })

  it('is every address that a browser opens, and no other: a program is told that nothing is there', async () => {
    for (const path of ['/j/QX7M-2KDP', '/table', '/assets/gone.js']) {
      const opened = await fetch(new URL(path, server.url), { headers: html })
      expect(await opened.text()).toContain('the page')
      expect(opened.headers.get('content-security-policy')).toBeString()
      for (const accept of ['application/json', '*/*', 'text/css']) {
        const asked = await fetch(new URL(path, server.url), { headers: { accept } })
        expect(asked.status).toBe(404)
        expect(await asked.json()).toMatchObject({ type: '/problems/not-found' })
      }
    }
    expect((await fetch(new URL('/table', server.url), { method: 'POST', headers: html })).status).toBe(405)
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/../page-secrets/secret.txt',
    '/%2e%2e%2fpage-secrets%2fsecret.txt',
    '/assets/main-1a2b.js%00.html',
    '//../secret.txt',
    '/./.././secret.txt',
    '/%',
  ])('gives nothing from outside of its folder for %s', async (path) => {
    const answer = await get(path)
    expect(answer).not.toContain('top secret')
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404) /)
  })
})

/** The path goes over the wire as it is: `fetch` would tidy it up first. */
async function get(path: string): Promise<string> {
  const request = `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n`
  return await rawExchange(server.url.href, request, (answer) => answer.includes('\r\n\r\n'))
}
