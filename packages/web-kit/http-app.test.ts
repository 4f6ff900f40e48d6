import { createRoute, z } from '@hono/zod-openapi'
import { describe, expect, it } from 'bun:test'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog, type Log, type Random } from '@innkeeper/protocol/tools'
import { parseTrustedProxies } from './client-ip'
import { callerIp, createHttpApp } from './http-app'
import { createOrigins } from './origins'

const random: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
  below: (bound) => Math.floor(Math.random() * bound),
}

function testApp(log: Log = silentLog) {
  const origins = createOrigins(['https://play.example'])
  const app = createHttpApp({ log, random, origins, bodyBytes: 64 })
  app.get('/plain', (context) => context.text('hello'))
  app.get('/broken', () => {
    throw new Error('secret detail')
  })
  app.get('/full', () => {
    throw new AppError('room-full', 'Seats: 6 of 6', { seats: 6 })
  })
  app.get('/busy', () => {
    throw new AppError('too-many', undefined, { retryAfterSeconds: 1.2 })
  })
  app.get('/private', () => {
    throw new AppError('token-invalid')
  })
  const echo = createRoute({
    method: 'post',
    path: '/echo',
    request: {
      body: {
        required: true,
        content: { 'application/json': { schema: z.strictObject({ name: z.string() }) } },
      },
    },
    responses: { 200: { description: 'the same', content: { 'application/json': { schema: z.any() } } } },
  })
  app.openapi(echo, (context) => context.json(context.req.valid('json'), 200))
  app.post('/ip', async (context) => {
    await context.req.text()
    return context.text(callerIp(context, parseTrustedProxies('10.0.0.0/8') ?? { trusts: () => false }))
  })
  return app
}

const json = { 'content-type': 'application/json' }

describe('an HTTP app', () => {
  it('answers an expected failure as a problem with its extras and the request id', async () => {
    const response = await testApp().request('/full', { headers: { 'x-request-id': 'abcdefgh-1' } })
    expect(response.status).toBe(409)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('x-request-id')).toBe('abcdefgh-1')
    expect(await response.json()).toEqual({
      type: '/problems/room-full',
      title: 'Room is full',
      status: 409,
      detail: 'Seats: 6 of 6',
      instance: 'urn:request:abcdefgh-1',
      seats: 6,
    })
  })

  it('makes its own request id when the offered one is not well-formed', async () => {
    const response = await testApp().request('/full', { headers: { 'x-request-id': 'a b\tinjected' } })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('says Retry-After in whole seconds and WWW-Authenticate for a bad token', async () => {
    const app = testApp()
    expect((await app.request('/busy')).headers.get('retry-after')).toBe('2')
    expect((await app.request('/private')).headers.get('www-authenticate')).toBe(
      'Bearer error="invalid_token"',
    )
  })

  it('logs an unknown error once with the id that the client sees, and tells the client nothing else', async () => {
    const lines: object[] = []
    const app = testApp({ ...silentLog, error: (fields) => lines.push(fields) })
    const response = await app.request('/broken')
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('secret detail')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ requestId: response.headers.get('x-request-id') })
  })

  it('answers 404 for an unknown path and 405 with Allow for an unknown method', async () => {
    const app = testApp()
    expect((await app.request('/nowhere')).status).toBe(404)
    const wrong = await app.request('/echo', { method: 'DELETE' })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST')
  })

  it('names each field that is not as expected', async () => {
    const response = await testApp().request('/echo', {
      method: 'POST',
      headers: json,
      body: '{"name":1,"x":2}',
    })
    expect(response.status).toBe(400)
    const problem: unknown = await response.json()
    expect(problem).toMatchObject({
      type: '/problems/validation-failed',
      errors: [{ path: 'name' }, { path: '' }],
    })
  })

  it('refuses a body that is not JSON, and one of another media type', async () => {
    const app = testApp()
    expect((await app.request('/echo', { method: 'POST', headers: json, body: '{' })).status).toBe(400)
    const text = { 'content-type': 'text/plain' }
    expect((await app.request('/echo', { method: 'POST', headers: text, body: '{}' })).status).toBe(415)
  })

  it('takes a body at the limit and refuses one byte more, announced or not', async () => {
    const app = testApp()
    const atLimit = JSON.stringify({ name: 'x'.repeat(53) })
    expect(atLimit).toHaveLength(64)
    expect((await app.request('/echo', { method: 'POST', headers: json, body: atLimit })).status).toBe(200)
    expect((await app.request('/echo', { method: 'POST', headers: json, body: `${atLimit} ` })).status).toBe(
      413,
    )
    const announced = { ...json, 'content-length': '65' }
    expect((await app.request('/echo', { method: 'POST', headers: announced, body: atLimit })).status).toBe(
      413,
    )
  })

  it('[SEC-79] lets a listed origin read, and refuses a change from any other', async () => {
    const app = testApp()
    const listed = await app.request('/plain', { headers: { origin: 'https://play.example' } })
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://play.example')
    for (const origin of [
      'https://evil.example',
      'null',
      'http://play.example',
      'https://play.example.evil.com',
    ]) {
      const read = await app.request('/plain', { headers: { origin } })
      expect(read.headers.get('access-control-allow-origin')).toBeNull()
      const change = await app.request('/echo', {
        method: 'POST',
        headers: { ...json, origin },
        body: '{"name":"a"}',
      })
      expect(change.status).toBe(403)
      expect(change.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('answers a preflight of a listed origin', async () => {
    const response = await testApp().request('/echo', {
      method: 'OPTIONS',
      headers: { origin: 'https://play.example', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
  })

  it('takes larger bodies where a path says so, announced or chunked, and nowhere else', async () => {
    const app = testApp()
    app.largeBodies.set('/ip', 128)
    const send = async (path: string, bytes: number, isChunked: boolean) => {
      const body = isChunked ? new Blob(['x'.repeat(bytes)]).stream() : 'x'.repeat(bytes)
      const headers = isChunked ? {} : { 'content-length': String(bytes) }
      return (await app.request(path, { method: 'POST', body, headers })).status
    }
    for (const isChunked of [false, true]) {
      expect(await send('/ip', 128, isChunked)).toBe(200)
      expect(await send('/ip', 129, isChunked)).toBe(413)
      expect(await send('/ip/', 128, isChunked)).toBe(413)
      expect(await send('/echo', 65, isChunked)).toBe(413)
    }
  })

  it('[SEC-154] knows the caller behind a chunked body too', async () => {
    const app = testApp()
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: app.fetch })
    try {
      const chunked = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('x'))
          controller.close()
        },
      })
      const response = await fetch(new URL('/ip', server.url), { method: 'POST', body: chunked })
      expect(await response.text()).toBe('127.0.0.1')
    } finally {
      await server.stop(true)
    }
  })
})
