import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { testPassword } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'
import { createTablesDesk, expectPlays, type TablesDesk } from './at-the-table'

let server: TestServer
let tables: TablesDesk

beforeAll(async () => {
  server = await startTestServer()
  tables = createTablesDesk(server)
})
afterAll(() => server.stop())

describe('a guest who registers later', () => {
  it('[SEC-165] keeps uuid, seat and history, on the live socket, and finds the table on another device', async () => {
    const gm = await tables.open()
    const player = await tables.join(gm)
    const socket = await tables.channel(player)
    await expectPlays(socket)
    const account = await server.register()
    await tables.done(player, 'POST /api/session/link', { headers: { tokenJwt: account.token } })
    const linked = await socket.next('event', ({ payload }) =>
      JSON.stringify(payload ?? '').includes('player.linked'),
    )
    expect(JSON.stringify(linked)).not.toContain(account.uuid)
    await expectPlays(socket)
    expect(socket.end).toBeUndefined()

    const again = await server.signIn(account)
    const { tables: own } = (await server.call('GET', '/api/tables', { token: again.token })).json
    expect(own).toEqual([
      expect.objectContaining({ id: gm.session.id, role: 'player', player: expect.anything() }),
    ])
    const entered = await server.call('POST', `/api/tables/${gm.session.id}/enter`, { token: again.token })
    expect(entered.json.player).toEqual(player.player)
    const seen = (await tables.done(entered.json, 'GET /api/session')).json
    expect(seen.state.log.length).toBeGreaterThan(1)
    expect(socket.end).toBeUndefined()
    await socket.close()
    await expectPlays(await tables.channel(entered.json))
  })
})

describe('an account that has seats', () => {
  it('finds them in its export', async () => {
    const account = await server.register()
    const gm = await tables.open()
    const { json: before } = await server.call('GET', '/auth/export', { token: account.token })
    expect(before.tables).toEqual([])
    await tables.done(gm, 'POST /api/session/link', { headers: { tokenJwt: account.token } })
    const { json } = await server.call('GET', '/auth/export', { token: account.token })
    expect(json.tables).toEqual([
      {
        id: gm.session.id,
        name: 'Phandalin',
        role: 'gm',
        player: { uuid: gm.player.uuid, name: 'Mira' },
        createdAt: expect.any(Number),
        lastPlayedAt: expect.any(Number),
      },
    ])
  })

  it('[SEC-166] leaves them to who holds their keys when it is deleted', async () => {
    const account = await server.register()
    const gm = await tables.open()
    await tables.done(gm, 'POST /api/session/link', { headers: { tokenJwt: account.token } })
    const socket = await tables.channel(gm)
    const gone = { token: account.token, body: { password: testPassword } }
    expect((await server.call('DELETE', '/auth/account', gone)).status).toBe(204)
    await until(async () => !(await tables.done(gm, 'GET /api/session')).json.isLinked)
    await expectPlays(socket)
    for (const line of ['GET /api/tables', `POST /api/tables/${gm.session.id}/enter`]) {
      const [method = '', path = ''] = line.split(' ')
      expect((await server.call(method, path, { token: account.token })).status).toBe(401)
    }
    await socket.close()
  })

  it('[SEC-76] cannot enter its tables with a sign-in that has ended', async () => {
    const account = await server.register()
    const gm = await tables.open()
    await tables.done(gm, 'POST /api/session/link', { headers: { tokenJwt: account.token } })
    expect((await server.call('POST', '/auth/logout', { token: account.token })).status).toBe(204)
    const refused = await server.call('POST', `/api/tables/${gm.session.id}/enter`, { token: account.token })
    expect([refused.status, refused.json.type]).toEqual([401, '/problems/token-invalid'])
  })
})
