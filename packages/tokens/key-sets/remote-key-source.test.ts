import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'bun:test'
import { keptLog, stillClock } from '../test-support/effects'
import { toPublicJwk } from './public-jwk'
import { remoteKeySource } from './remote-key-source'

const makeKey = () => toPublicJwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)
const [first, second] = [await makeKey(), await makeKey()]
const minute = 60_000
const hour = 60 * minute

type Answer = () => Response | Promise<Response>

/** A key source whose network answers what the test says. */
function setUp(initial: Answer = jwks(first)) {
  const time = stillClock()
  const { log, lines } = keptLog()
  const network = { answer: initial, requests: 0 }
  const fetch = async () => {
    network.requests++
    return await network.answer()
  }
  const source = remoteKeySource({ url: 'https://id.example/jwks', fetch, clock: time.clock, log })
  return {
    time,
    lines,
    network,
    source,
    finds: async (kid: string) => (await source.find(kid)) !== undefined,
  }
}

function jwks(...keys: readonly object[]): Answer {
  return () => Response.json({ keys }, { headers: { 'cache-control': 'public, max-age=600' } })
}

const down: Answer = () => Promise.reject(new Error('connection refused'))

describe('a remote key source', () => {
  it('reads the set once for everybody who waits, and answers from memory while it is fresh', async () => {
    const { source, network, time } = setUp()
    const found = await Promise.all(Array.from({ length: 50 }, () => source.find(first.kid)))
    expect(found.every((key) => key?.type === 'public')).toBe(true)
    time.nowMs += 10 * minute - 1
    expect(source.find(first.kid)).not.toBeInstanceOf(Promise)
    expect(network.requests).toBe(1)
  })

  it('reads it again when max-age is over, which is 30 s to 10 min', async () => {
    for (const [cacheControl, freshMs] of [
      ['public, max-age=60', minute],
      ['max-age=1', 30_000],
      ['no-store', 10 * minute],
      ['max-age=86400', 10 * minute],
    ] as const) {
      const { network, time, finds } = setUp(() =>
        Response.json({ keys: [first] }, { headers: { 'cache-control': cacheControl } }),
      )
      await finds(first.kid)
      time.nowMs += freshMs - 1
      await finds(first.kid)
      expect(network.requests).toBe(1)
      time.nowMs += 1
      expect(await finds(first.kid)).toBe(true)
      expect(network.requests).toBe(2)
    }
  })

  it('[SEC-56] makes one request per 30 s for 1,000 tokens with random kids', async () => {
    const { network, time, finds } = setUp()
    await finds(first.kid)
    for (let second = 0; second < 30; second++) {
      for (let token = 0; token < 34; token++) expect(await finds(crypto.randomUUID())).toBe(false)
      time.nowMs += 999
    }
    expect(network.requests).toBe(2)
    time.nowMs += 1_000
    await Promise.all(Array.from({ length: 1_000 }, () => finds(crypto.randomUUID())))
    expect(network.requests).toBe(3)
    expect(await finds(first.kid)).toBe(true)
  })

  it('[SEC-56] makes one request when the random kids come first of all', async () => {
    const { network, finds } = setUp()
    await Promise.all(Array.from({ length: 1_000 }, () => finds(crypto.randomUUID())))
    for (let token = 0; token < 100; token++) await finds(crypto.randomUUID())
    expect(network.requests).toBe(1)
  })

  it('[SEC-57] uses the last good set for 24 h while the issuer is down, asking every 30 s', async () => {
    const { network, time, lines, finds } = setUp()
    await finds(first.kid)
    network.answer = down
    time.nowMs += 10 * minute
    for (let token = 0; token < 100; token++) expect(await finds(first.kid)).toBe(true)
    expect(network.requests).toBe(2)
    expect(await finds(second.kid)).toBe(false)
    expect(network.requests).toBe(2)
    time.nowMs += 24 * hour - 10 * minute
    expect(await finds(first.kid)).toBe(true)
    expect(network.requests).toBe(3)
    time.nowMs += 1
    await expect(finds(first.kid)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    expect(lines.join('\n')).toContain('connection refused')
  })

  it('[SEC-57] is back as soon as the issuer is', async () => {
    const { network, time, finds } = setUp(down)
    await expect(finds(first.kid)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(finds(first.kid)).rejects.toMatchObject({ code: 'unavailable' })
    expect(network.requests).toBe(1)
    network.answer = jwks(first)
    time.nowMs += 1_000
    expect(await finds(first.kid)).toBe(true)
  })

  it('[SEC-60] accepts a key that was published 0 s ago while the set is fresh', async () => {
    const { network, source, finds } = setUp()
    await finds(first.kid)
    network.answer = jwks(first, second)
    expect(await finds(second.kid)).toBe(true)
    expect(network.requests).toBe(2)
    expect(source.epoch).toBe(0)
  })

  it('[SEC-61] trusts a retired key until the set is read again, and says with its epoch that it is gone', async () => {
    const { network, time, source, finds } = setUp(jwks(first, second))
    await finds(first.kid)
    network.answer = jwks(second)
    expect(await finds(first.kid)).toBe(true)
    time.nowMs += 10 * minute
    expect(await finds(first.kid)).toBe(false)
    expect(source.epoch).toBe(1)
  })

  it('says with its epoch that another key has taken a name', async () => {
    const { network, time, source, finds } = setUp()
    await finds(first.kid)
    network.answer = jwks({ ...second, kid: first.kid })
    time.nowMs += 10 * minute
    await finds(first.kid)
    expect(source.epoch).toBe(1)
  })

  it('[SEC-62] trusts nothing after a flush until the set was read again', async () => {
    const { network, source, finds } = setUp(jwks(first, second))
    await finds(first.kid)
    network.answer = jwks(second)
    source.flush()
    expect(await finds(first.kid)).toBe(false)
    expect(await finds(second.kid)).toBe(true)
    network.answer = down
    source.flush()
    await expect(finds(second.kid)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('[SEC-62] does not take an answer that was on its way when the flush came', async () => {
    const { network, source } = setUp(jwks(first, second))
    const slow = Promise.withResolvers<Response>()
    network.answer = () => slow.promise
    const waiting = source.find(first.kid)
    network.answer = jwks(second)
    source.flush()
    slow.resolve(Response.json({ keys: [first, second] }))
    expect(await waiting).toBeUndefined()
  })

  it('[SEC-62] trusts no earlier answer after a flush, even when no later one can be had', async () => {
    const { network, source } = setUp()
    const slow = Promise.withResolvers<Response>()
    network.answer = () => slow.promise
    const waiting = source.find(first.kid)
    network.answer = down
    source.flush()
    slow.resolve(Response.json({ keys: [first] }))
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('[SEC-44] keeps the old keys when a new set is not a proper one, and raises the alarm', async () => {
    const { network, time, lines, finds } = setUp()
    await finds(first.kid)
    network.answer = jwks(first, { ...second, d: 'AAAA' })
    time.nowMs += 10 * minute
    expect(await finds(first.kid)).toBe(true)
    expect(await finds(second.kid)).toBe(false)
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringContaining('key 2: it holds a secret'),
    ])
  })
})

describe('a remote key source on a real server', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ ...first, kid: `k${index}` }))
  const json = { 'content-type': 'application/json' }
  const slowBody = () =>
    new ReadableStream({
      async pull(controller) {
        await Bun.sleep(20)
        controller.enqueue(new TextEncoder().encode(' '))
      },
    })
  const answers: Record<string, (url: URL) => Response | Promise<Response>> = {
    good: () => Response.json({ keys: [first] }),
    'redirect to a good one': (url) => Response.redirect(new URL('/good', url).href, 301),
    'HTML with status 200': () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } }),
    'good keys as text': () =>
      new Response(JSON.stringify({ keys: [first] }), { headers: { 'content-type': 'text/plain' } }),
    'good keys with status 500': () => Response.json({ keys: [first] }, { status: 500 }),
    '10 MB': () => Response.json({ keys: [first], pad: 'x'.repeat(10_000_000) }),
    'one byte over 64 KiB': () => new Response(ofBytes(64 * 1024 + 1), { headers: json }),
    '500 keys': () => Response.json({ keys: many }),
    'no JSON': () => new Response('{', { headers: json }),
    'a member written twice': () =>
      new Response(`{"keys":[],"keys":[${JSON.stringify(first)}]}`, { headers: json }),
    'a body that trickles': () => new Response(slowBody(), { headers: json }),
    'no answer': () => new Promise<Response>(() => {}),
  }

  for (const name of Object.keys(answers)) {
    if (name === 'good') continue
    it(`[SEC-59] refuses ${name} within its timeout and keeps the old keys`, async () => {
      await withServer(async (base) => {
        const time = stillClock()
        const { log, lines } = keptLog()
        const state = { path: 'good' }
        const fetchIt = (_url: string, init: RequestInit) =>
          fetch(`${base}${encodeURIComponent(state.path)}`, init)
        const source = remoteKeySource({ url: base, fetch: fetchIt, clock: time.clock, log, timeoutMs: 300 })
        expect(await source.find(first.kid)).toBeDefined()
        state.path = name
        time.nowMs += 10 * minute
        const started = performance.now()
        expect(await source.find(first.kid)).toBeDefined()
        expect(performance.now() - started).toBeLessThan(2_000)
        expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(1)
      })
    })
  }

  it('accepts 64 KiB', async () => {
    answers['exactly 64 KiB'] = () => new Response(ofBytes(64 * 1024), { headers: json })
    await withServer(async (base) => {
      const { log } = keptLog()
      const url = `${base}${encodeURIComponent('exactly 64 KiB')}`
      const source = remoteKeySource({ url, fetch, clock: stillClock().clock, log })
      expect(await source.find(first.kid)).toBeDefined()
    })
  })

  async function withServer(use: (base: string) => Promise<void>): Promise<void> {
    const server = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch(request) {
        const url = new URL(request.url)
        const answer = answers[decodeURIComponent(url.pathname.slice(1))]
        return answer ? answer(url) : new Response('', { status: 404 })
      },
    })
    try {
      await use(server.url.href)
    } finally {
      await server.stop(true)
    }
  }

  function ofBytes(bytes: number): string {
    const body = JSON.stringify({ keys: [first], pad: '' })
    return body.replace('"pad":""', `"pad":"${'x'.repeat(bytes - body.length)}"`)
  }
})
