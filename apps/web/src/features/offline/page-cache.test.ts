import { describe, expect, it } from 'bun:test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PageCache, type PageCachePorts } from './page-cache'
import { isPagePath, pagePaths } from './page-paths'

const origin = 'https://inn.example'
const files = ['/', '/assets/main-1.js', '/theme.js']

/** As many caches as a browser has, over a server whose files say where they come from. */
function browser() {
  const kept = new Map<string, Map<string, Response>>()
  const fetched: string[] = []
  const fetch = async (request: Request) => {
    fetched.push(`${new URL(request.url).pathname} ${request.cache}`)
    return new Response(`served ${new URL(request.url).pathname}`)
  }
  const open = async (name: string) => {
    const entries = kept.get(name) ?? new Map<string, Response>()
    kept.set(name, entries)
    return {
      async addAll(requests: readonly Request[]) {
        for (const request of requests) entries.set(request.url, await fetch(request))
      },
      match: async (url: string) => entries.get(url)?.clone(),
    }
  }
  const caches = {
    open,
    keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name),
    match: async (url: string) => [...kept.values()].flatMap((entries) => entries.get(url)?.clone() ?? [])[0],
  }
  const ports = { caches, fetch, origin } as unknown as PageCachePorts
  return { fetched, kept, ports, cacheOf: (version: string) => new PageCache({ version, files }, ports) }
}

const asked = (path: string, init: RequestInit & { readonly isNavigation?: boolean } = {}) => {
  const request = new Request(origin + path, init)
  return init.isNavigation ? Object.defineProperty(request, 'mode', { value: 'navigate' }) : request
}
const open = (path: string) => asked(path, { isNavigation: true })

describe('the page without a server', () => {
  it('is kept whole, with nothing old out of the browser’s own cache', async () => {
    const { fetched, cacheOf } = browser()
    await cacheOf('a').keep()
    expect(fetched).toEqual(['/ no-cache', '/assets/main-1.js default', '/theme.js no-cache'])
  })

  it('is every address of the page, and none of the server’s', async () => {
    const { cacheOf } = browser()
    const page = cacheOf('a')
    await page.keep()
    for (const path of [
      '/',
      '/j/QX7M-2KDP',
      '/table/fight',
      '/screen/QX7M2KDP',
      '/account',
      '/about?from=chat',
    ])
      expect(await (await page.answer(open(path)))?.text()).toBe('served /')
    for (const path of [
      '/docs',
      '/openapi.json',
      '/problems/room-full',
      '/api/session',
      '/metrics',
      '/sw.js',
    ])
      expect(page.answer(open(path))).toBeNull()
  })

  it('keeps out of whatever the server says, and whatever is sent to it', () => {
    const page = browser().cacheOf('a')
    for (const path of ['/api/session', '/auth/account', '/api/session/log.md', '/getTicket/x', '/sw.js'])
      expect(page.answer(asked(path))).toBeNull()
    expect(page.answer(asked('/', { method: 'POST' }))).toBeNull()
    expect(page.answer(new Request('https://elsewhere.example/assets/main-1.js'))).toBeNull()
  })

  it('gives a tab of the version before its parts still, and forgets older ones', async () => {
    const { cacheOf, kept, ports } = browser()
    for (const version of ['a', 'b', 'c']) await cacheOf(version).keep()
    await cacheOf('c').forgetOlder()
    expect([...kept.keys()]).toEqual(['innkeeper-page-b', 'innkeeper-page-c'])
    const next = new PageCache({ version: 'd', files: ['/'] }, ports)
    await next.keep()
    expect(await (await next.answer(asked('/assets/main-1.js')))?.text()).toBe('served /assets/main-1.js')
  })

  it('leaves nothing of a build that could not be had whole, and so keeps the one before', async () => {
    const { cacheOf, kept, ports } = browser()
    await cacheOf('a').keep()
    const addAll = () => Promise.reject(new TypeError('Failed to fetch'))
    const open = async (name: string) => ({ ...(await ports.caches.open(name)), addAll })
    const broken = { ...ports, caches: { ...ports.caches, open } } as unknown as PageCachePorts
    await expect(new PageCache({ version: 'b', files }, broken).keep()).rejects.toThrow('Failed to fetch')
    await expect(new PageCache({ version: 'a', files }, broken).keep()).rejects.toThrow('Failed to fetch')
    expect([...kept.keys()]).toEqual(['innkeeper-page-a'])
  })

  it('asks the server for a part that nobody has', async () => {
    const { cacheOf, fetched } = browser()
    const answer = await cacheOf('a').answer(asked('/assets/other-2.js'))
    expect(await answer?.text()).toBe('served /assets/other-2.js')
    expect(fetched).toEqual(['/assets/other-2.js default'])
  })

  it('knows every address that the router has', () => {
    const router = readFileSync(fileURLToPath(new URL('../../router.ts', import.meta.url)), 'utf8')
    const firsts = [...router.matchAll(/path: '\/([a-z-]*)/g)].map(([, first = '']) => first)
    expect(new Set(firsts)).toEqual(new Set(pagePaths))
    expect(isPagePath('/tables')).toBe(false)
  })
})
