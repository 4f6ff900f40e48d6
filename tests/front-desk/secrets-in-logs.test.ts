import { afterAll, beforeAll, expect, it } from 'bun:test'
import { testPassword } from '../support/front-desk'
import { openSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const jtiOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).jti

it('[SEC-110] no log line, metric or refusal holds a token, a ticket id, a channel token or a password', async () => {
  const account = await server.register()
  const roomId = await server.room(account)
  const tickets = await Promise.all([1, 2, 3, 4].map(() => server.ticket(roomId, account)))
  const [header = '', subprotocol = '', hello = '', late = ''] = tickets
  await (await server.join(roomId, header)).close()
  const protocols = ['innkeeper.v1', `ticket.${subprotocol}`]
  const browser = await openSocket(`${server.url}/enterRoom/${roomId}`, { protocols, origin: server.url })
  await browser.next('welcome')
  browser.send({ type: 'renew', ticket: late })
  await browser.next('renewed')
  await browser.close()
  const first = await openSocket(`${server.url}/enterRoom/${roomId}`, {
    protocols: ['innkeeper.v1'],
    origin: server.url,
  })
  first.send({ type: 'hello', ticket: hello })
  await first.next('welcome')
  first.sendText(`{not json ${hello}`)
  await first.ended()

  const gm = (await server.call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } })).json
  await (await openSocket(`${server.url}/ws?token=${gm.token}`, { origin: server.url })).close()
  const foreign = await openSocket(`${server.url}/ws?token=${gm.token}`, { origin: 'https://evil.example' })
  const refusals = [
    foreign.body,
    (await server.call('POST', `/getTicket/${roomId}`, { headers: { tokenJwt: `${account.token}x` } })).text,
    (
      await server.call('POST', '/auth/login', {
        body: { username: account.username, password: `${testPassword}!` },
      })
    ).text,
    (await server.call('POST', '/auth/refresh', { body: { refreshToken: gm.refreshToken } })).text,
    (await server.call('POST', '/api/session/recover', { body: { recoveryKey: `${gm.recoveryKey}X` } })).text,
    (await server.call('GET', '/api/session', { token: account.token })).text,
  ]
  expect(
    (await server.call('POST', '/api/session/recover', { body: { recoveryKey: gm.recoveryKey } })).status,
  ).toBe(200)
  expect((await server.call('POST', '/auth/logout', { token: account.token })).status).toBe(204)
  expect(await (await server.enter(roomId, header)).closeCode()).toBe(4403)

  const metrics = (await server.call('GET', '/metrics')).text
  expect(metrics).toContain('innkeeper_sockets')
  const tokens = [...tickets, account.token, account.refreshToken, gm.accessToken, gm.refreshToken]
  const secrets = [...tokens, ...tokens.map(jtiOf), gm.token, gm.recoveryKey, testPassword]
  const written = [...server.log.lines, metrics, ...refusals].join('\n')
  expect(server.log.lines.some((line) => line.includes('/auth/logout'))).toBe(true)
  expect(secrets.filter((secret) => secret === '' || written.includes(secret))).toEqual([])
})
