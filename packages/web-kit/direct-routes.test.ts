import { afterAll, describe, expect, it } from 'bun:test'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog, type Random } from '@innkeeper/protocol/tools'
import { addDirectRoute } from './add-direct-route'
import { createHttpApp, type HttpApp } from './http-app'
import { createOrigins } from './origins'

const random: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
  below: (bound) => Math.floor(Math.random() * bound),
}
const origin = 'https://play.example'

function testApp() {
  const logged: object[] = []
  const log = { ...silentLog, error: (fields: object) => void logged.push(fields) }
  const app = createHttpApp({ log, random, origins: createOrigins([origin]), bodyBytes: 8 })
  const shared = { headers: new Headers({ 'content-type': 'text/plain' }) }
  addDirectRoute(app, '/greet/', ({ req }, { segment, query }) => {
    if (segment === 'nobody') throw new AppError('room-not-found')
    if (segment === 'broken') return Promise.reject(new Error('secret detail'))
    if (segment === 'now') return new Response('hello at once', shared)
    return req.raw
      .text()
      .then((body) => new Response(`${query('word') ?? 'hello'} ${segment} ${body}`, shared))
  })
  return { app, logged }
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>

const servers: { stop(isAtOnce: boolean): unknown }[] = []
afterAll(() => Promise.all(servers.map((server) => server.stop(true))))

/** @returns asks the app by way of a server whose own router comes first */
function throughServer(app: HttpApp): Ask {
  const routes = Object.fromEntries(Array.from(app.directRoutes, ([path, POST]) => [path, { POST }]))
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', routes, fetch: app.fetch })
  servers.push(server)
  return async (path, init) => await fetch(`http://127.0.0.1:${server.port}${path}`, init)
}

const ways: readonly (readonly [string, (app: HttpApp) => Ask])[] = [
  ['Hono', (app) => async (path, init) => await app.request(path, init)],
  ["the server's own router", throughServer],
]

describe.each(ways)('a direct route, through %s', (_, enter) => {
  function setUp() {
    const { app, logged } = testApp()
    const ask = enter(app)
    const post: Ask = async (path, init) => await ask(path, { method: 'POST', ...init })
    return { ask, post, logged }
  }

  it.each([
    ['/greet/ada', 'hello ada '],
    ['/greet/now', 'hello at once'],
    ['/greet/a%64a', 'hello ada '],
    ['/greet/a%2Fda', 'hello a/da '],
    ['/greet/ada?word=hi', 'hi ada '],
    ['/greet/ada?words=hi&word=h%C3%AF', 'hï ada '],
    ['/greet/%C3%A9', 'hello é '],
  ])('answers %s, however it is spelled', async (path, text) => {
    expect(await (await setUp().post(path)).text()).toBe(text)
  })

  it.each(['/greet', '/greet/', '/greet/ada/', '/greet/ada/more', '/Greet/ada', '/more//greet/ada'])(
    'does not answer %s',
    async (path) => {
      expect((await setUp().post(path)).status).toBe(404)
    },
  )

  it('reads a body, of a known length or not', async () => {
    const { post } = setUp()
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('again'))
        controller.close()
      },
    })
    expect(await (await post('/greet/ada', { body: 'again' })).text()).toBe('hello ada again')
    expect(await (await post('/greet/ada', { body: stream })).text()).toBe('hello ada again')
  })

  it('is a known path to every other method', async () => {
    const response = await setUp().ask('/greet/ada')
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  it('answers what it throws as a problem, and keeps to itself what nobody expected', async () => {
    const { post, logged } = setUp()
    const refused = await post('/greet/nobody', { headers: { 'x-request-id': 'abcdefgh-1' } })
    expect(await refused.json()).toMatchObject({
      type: '/problems/room-not-found',
      instance: 'urn:request:abcdefgh-1',
    })
    const broken = await post('/greet/broken')
    expect(broken.status).toBe(500)
    expect(await broken.text()).not.toContain('secret')
    expect(logged).toMatchObject([{ method: 'POST', path: '/greet/broken' }])
  })

  it('stands behind the same guards as every route', async () => {
    const { post } = setUp()
    expect((await post('/greet/ada', { body: '123456789' })).status).toBe(413)
    expect((await post('/greet/ada', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    const stream = new Response('123456789').body
    expect((await post('/greet/ada', { body: stream })).status).toBe(413)
  })

  it('lets a listed page read its answer, and says so to that page alone', async () => {
    const { ask, post } = setUp()
    const forPage = await post('/greet/ada', { headers: { origin } })
    expect(forPage.headers.get('access-control-allow-origin')).toBe(origin)
    expect((await post('/greet/ada')).headers.has('access-control-allow-origin')).toBe(false)
    const headers = { origin, 'access-control-request-method': 'POST' }
    expect((await ask('/greet/ada', { method: 'OPTIONS', headers })).status).toBe(204)
  })
})
