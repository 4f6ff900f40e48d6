import { describe, expect, it } from 'bun:test'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog, type Random } from '@innkeeper/protocol/tools'
import { addDirectRoute } from './add-direct-route'
import { createHttpApp } from './http-app'
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
  addDirectRoute(app, '/greet/', async ({ req }, { segment, query }) => {
    if (segment === 'nobody') throw new AppError('room-not-found')
    if (segment === 'broken') throw new Error('secret detail')
    return new Response(`${query('word') ?? 'hello'} ${segment} ${await req.raw.text()}`, shared)
  })
  const post = (path: string, init: RequestInit = {}) => app.request(path, { method: 'POST', ...init })
  return { app, post, logged }
}

describe('a direct route', () => {
  it.each([
    ['/greet/ada', 'hello ada '],
    ['/greet/a%64a', 'hello ada '],
    ['/greet/ada?word=hi', 'hi ada '],
    ['/greet/%C3%A9', 'hello é '],
  ])('answers %s, however it is spelled', async (path, text) => {
    expect(await (await testApp().post(path)).text()).toBe(text)
  })

  it.each(['/greet', '/greet/', '/greet/ada/', '/greet/ada/more', '/Greet/ada', '//greet/ada'])(
    'does not answer %s',
    async (path) => {
      expect((await testApp().post(path)).status).toBe(404)
    },
  )

  it('is a known path to every other method', async () => {
    const response = await testApp().app.request('/greet/ada')
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  it('answers what it throws as a problem, and keeps to itself what nobody expected', async () => {
    const { post, logged } = testApp()
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
    const { post } = testApp()
    expect((await post('/greet/ada', { body: '123456789' })).status).toBe(413)
    expect((await post('/greet/ada', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
  })

  it('lets a listed page read its answer, and says so to that page alone', async () => {
    const { post } = testApp()
    const forPage = await post('/greet/ada', { headers: { origin } })
    expect(forPage.headers.get('access-control-allow-origin')).toBe(origin)
    expect((await post('/greet/ada')).headers.has('access-control-allow-origin')).toBe(false)
  })
})
