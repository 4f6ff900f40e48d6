import { afterEach, describe, expect, it } from 'bun:test'
import type { LockManagerLike } from '@innkeeper/client/tab-lock'
import type { TokenPair } from '@innkeeper/client/token-refresh'
import { type ApiPorts, createApi } from './api'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function readRefreshToken(request: Request): Promise<string> {
  const body: unknown = await request.json()
  return typeof body === 'object' && body !== null && 'refreshToken' in body ? String(body.refreshToken) : ''
}

/** Lets a test keep the answers to refreshes back. */
function createGate() {
  const held = Promise.withResolvers<undefined>()
  const gate = {
    passage: Promise.resolve(undefined),
    hold: () => void (gate.passage = held.promise),
    release: () => held.resolve(undefined),
  }
  return gate
}

/** The locks that the tabs of one browser share. */
function oneAtATime(): LockManagerLike {
  const held = { last: Promise.resolve<unknown>(undefined) }
  return {
    request(_name, _options, work) {
      const turn = held.last.then(() => work())
      held.last = turn.catch(() => {})
      return turn
    },
  }
}

/** A server that accepts `good` alone, and answers refreshes with the given statuses, then with a new pair. */
function setUp(refreshStatuses: readonly number[] = [], verdict = 'session-expired') {
  const script = [...refreshStatuses]
  const seen = { refreshes: [] as string[], refused: 0, bodies: [] as string[], onRefused: () => {} }
  const gate = createGate()
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      if (request.url.endsWith('/probe')) return new Response()
      const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
      if (new URL(request.url).pathname.endsWith('/auth/refresh')) {
        seen.refreshes.push(await readRefreshToken(request))
        await gate.passage
        const status = script.shift() ?? 200
        if (status !== 200) return Response.json({ type: `/problems/${verdict}` }, { status })
        return Response.json({ accessToken: 'good', refreshToken: 'r2', expiresIn: 1_800 })
      }
      if (token !== 'good' || request.url.endsWith('/forbidden')) {
        seen.refused += 1
        seen.onRefused()
        return Response.json({ type: '/problems/token-invalid' }, { status: 401 })
      }
      seen.bodies.push(await request.text())
      return Response.json({ ok: true })
    },
  })
  stops.push(() => void server.stop(true))
  const session: { seat: string; tokens: TokenPair | null; left: string | null } = {
    seat: 'phandalin.mira',
    tokens: { access: 'old', refresh: 'r1' },
    left: null,
  }
  const ports: ApiPorts = {
    session: {
      currentTokens: () => session.tokens,
      currentSeat: () => session.seat,
      renewTokens: (pair) => void (session.tokens = pair),
      leave: (reason) => void Object.assign(session, { tokens: null, left: reason }),
    },
    locks: undefined,
    isVisible: () => true,
    now: () => Date.now(),
    ticks: () => performance.now(),
    after: (_ms, work) => {
      queueMicrotask(work)
      return () => {}
    },
    random: { below: () => 0, uuid: () => '' },
    baseURL: server.url.origin,
  }
  return { api: createApi(ports), ports, session, seen, gate, origin: server.url.origin }
}

describe('createApi', () => {
  it('answers ten refused requests with one refresh, and repeats each of them once', async () => {
    const { api, session, seen } = setUp()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => api.http.post('/api/x', { index })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(seen.refreshes).toEqual(['r1'])
    expect(seen.bodies.sort()).toEqual(Array.from({ length: 10 }, (_, index) => `{"index":${index}}`))
    expect(session.tokens).toMatchObject({ access: 'good', refresh: 'r2' })
  })

  const ways = [
    ['one refresh with locks', oneAtATime(), 1],
    ['four refreshes without', undefined, 4],
  ] as const
  it.each(ways)(
    '[SEC-86] answers ten refused requests in each of four tabs: %s',
    async (_how, locks, most) => {
      const { ports, seen, session } = setUp()
      const tabs = Array.from({ length: 4 }, () => createApi({ ...ports, locks }))
      const answers = await Promise.all(
        tabs.flatMap(({ http }) => Array.from({ length: 10 }, () => http.get('/api/x'))),
      )
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200))
      expect(seen.refreshes.length).toBeWithin(1, most + 1)
      expect(new Set(seen.refreshes)).toEqual(new Set(['r1']))
      expect(session.tokens).toMatchObject({ access: 'good', refresh: 'r2' })
    },
  )

  it('[SEC-90] repeats a request that went out with an old token, without another refresh', async () => {
    const { api, session, seen } = setUp()
    seen.onRefused = () => void (session.tokens = { access: 'good', refresh: 'r2' })
    expect((await api.http.get('/api/x')).status).toBe(200)
    expect([seen.refused, seen.refreshes]).toEqual([1, []])
  })

  it('[SEC-90] never repeats a request of one seat as another that was taken meanwhile', async () => {
    const { api, session, seen } = setUp()
    seen.onRefused = () =>
      void Object.assign(session, { seat: 'waterdeep.mira', tokens: { access: 'good', refresh: 'r2' } })
    const failure = await api.http.delete('/api/session').catch((error: unknown) => error)
    expect(failure).toMatchObject({ response: { status: 401 } })
    expect([seen.refused, seen.bodies]).toEqual([1, []])
  })

  it('[SEC-91] repeats a form whole, and does not repeat a body that can be read once', async () => {
    const { api, seen } = setUp()
    const form = new FormData()
    form.set('name', 'Торин')
    expect((await api.http.post('/api/x', form)).status).toBe(200)
    expect(seen.bodies.join('')).toContain('Торин')
    const again = setUp()
    const once = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('only once'))
        controller.close()
      },
    })
    const options = { adapter: 'fetch' } as const
    const failure = await again.api.http.post('/api/x', once, options).catch((error: unknown) => error)
    expect(failure).toMatchObject({ response: { status: 401 } })
    expect(again.seen.bodies).toEqual([])
    expect(again.session.tokens).toMatchObject({ access: 'good', refresh: 'r2' })
  })

  it('holds back requests that start while a refresh is running', async () => {
    const { api, seen, gate, origin } = setUp()
    gate.hold()
    const first = api.http.get('/api/x')
    while (seen.refreshes.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const second = api.http.get('/api/y')
    // Whatever left before these has arrived once they are answered.
    for (let probe = 0; probe < 3; probe += 1) await fetch(`${origin}/probe`)
    gate.release()
    await Promise.all([first, second])
    expect([seen.refused, seen.refreshes.length]).toEqual([1, 1])
  })

  it('keeps the seat and the token through a server that is busy', async () => {
    const { api, session, seen } = setUp([503, 429])
    await api.checkSeat()
    expect(seen.refreshes).toEqual(['r1', 'r1', 'r1'])
    expect(session.left).toBeNull()
  })

  const verdicts = [
    ['session-expired', 'expired'],
    ['session-revoked', 'revoked'],
    ['invalid-grant', 'revoked'],
    ['refresh-reused', 'reused'],
  ] as const
  it.each(verdicts)(
    '[SEC-81] gives the seat up at %s, without a refresh of the refresh',
    async (verdict, left) => {
      const { api, session, seen } = setUp([401], verdict)
      const failure = await api.checkSeat().catch((error: unknown) => error)
      expect(failure).toMatchObject({ response: { status: 401 } })
      expect(session).toMatchObject({ tokens: null, left })
      expect(seen.refreshes.length).toBe(1)
    },
  )

  it('renews a token that is due, before a request has to fail', async () => {
    const { api, session, seen } = setUp()
    await api.seatKeeper.freshen()
    expect(seen.refreshes).toEqual([])
    const life = { forMs: 1_800_000, sinceMs: Date.now() - 1_700_000 }
    session.tokens = { access: 'good', refresh: 'r1', life }
    await api.seatKeeper.freshen()
    expect([seen.refreshes, seen.refused]).toEqual([['r1'], 0])
    expect(session.tokens.refresh).toBe('r2')
  })

  it('[SEC-92] takes a second 401 for an answer', async () => {
    const { api, seen } = setUp()
    const failure = await api.http.get('/forbidden').catch((error: unknown) => error)
    expect(failure).toMatchObject({ response: { status: 401 } })
    expect([seen.refused, seen.refreshes.length]).toEqual([2, 1])
  })
})
