import { expect, it } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestServer } from '../support/start-server'
import { createTablesDesk, type Seat } from './at-the-table'

it('[SEC-110] no log line, metric, refusal or byte of the database holds what opens a seat', async () => {
  const server = await startTestServer()
  const tables = createTablesDesk(server)
  const gm = await tables.open()
  const player = await tables.join(gm, 'Torin')
  const post = (path: string, body: object) => server.call('POST', path, { body })
  const { code } = (await tables.done(gm, 'POST /api/session/devices')).json
  const phone: Seat = (await post('/api/session/pair', { code })).json
  const { recoveryKey } = (await tables.done(gm, 'POST /api/session/recovery-key')).json
  const claim = (await post('/api/session/claims', { code: gm.session.code, name: 'Torin' })).json
  await tables.done(gm, `POST /api/session/claims/${claim.claimId}/approve`)
  const claimSecret: string = claim.claimSecret
  const back: Seat = (await post(`/api/session/claims/${claim.claimId}`, { claimSecret })).json
  const offered = (await tables.done(gm, 'POST /api/session/devices')).json.code
  const refusals = await Promise.all([
    post('/api/session/pair', { code }),
    post('/api/session/pair', { code: `${offered}X` }),
    post('/api/session/recover', { recoveryKey: gm.recoveryKey }),
    post('/api/session/recover', { recoveryKey: `${recoveryKey}X` }),
    post(`/api/session/claims/${claim.claimId}`, { claimSecret: claimSecret.toUpperCase() }),
    tables.ask(back, 'POST /api/session/link', { headers: { tokenJwt: back.accessToken } }),
    tables.ask(player, 'GET /api/session/devices'),
    tables.ask(back, `DELETE /api/session/players/${gm.player.uuid}`),
  ])
  for (const { status } of refusals) expect(status).toBeWithin(400, 500)
  const metrics = (await server.call('GET', '/metrics')).text
  const seats = [gm, player, phone, back]
  const tokens = seats.flatMap((seat) => [seat.accessToken, seat.refreshToken, seat.token])
  const keys = [gm.recoveryKey, player.recoveryKey, back.recoveryKey, recoveryKey, code, offered, claimSecret]
  const secrets = [...tokens, ...keys, ...keys.map((key: string) => key.replaceAll('-', ''))]
  const written = [...server.log.lines, metrics, ...refusals.map(({ text }) => text)].join('\n')
  expect(server.log.lines.some((line) => line.includes('/api/session/pair'))).toBe(true)
  expect(secrets.filter((secret) => secret === '' || written.includes(secret))).toEqual([])
  const files = readdirSync(server.dataDir).filter((file) => file.includes('.sqlite'))
  const bytes = files.map((file) => readFileSync(join(server.dataDir, file), 'latin1')).join('')
  expect(bytes).toContain(gm.player.uuid)
  expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([])
  await server.stop()
})
