import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import { type Answer, anyIp } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'
import { createTablesDesk, expectPlays, type Seat, type TablesDesk } from './at-the-table'

describe('looking on at a table', () => {
  let server: TestServer
  let tables: TablesDesk
  beforeAll(async () => {
    server = await startTestServer()
    tables = createTablesDesk(server)
  })
  afterAll(() => server.stop())

  const watch = (code: string, ip = anyIp()): Promise<Answer> =>
    server.call('POST', '/api/session/watch', { body: { code }, ip })

  async function knock({ session }: Seat): Promise<RawSocket> {
    const { json } = await watch(session.code)
    return await server.enter(session.id, json.ticket, { ip: anyIp() })
  }

  async function look(seat: Seat) {
    const socket = await knock(seat)
    return { socket, welcome: await socket.next('welcome') }
  }

  it('takes no more than the code, as anybody types it', async () => {
    const gm = await tables.open()
    const answer = await watch(` ${gm.session.code.slice(0, 4).toLowerCase()} - ${gm.session.code.slice(4)}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { id, code, name } = gm.session
    expect(answer.json).toMatchObject({ session: { id, code, name, language: 'en' }, expiresIn: 1_800 })
    const { welcome } = await look(gm)
    expect(welcome['you']).toMatchObject({ role: 'watcher' })
    expect((await watch('QX7M-2KDQ')).json).toMatchObject({ type: '/problems/session-not-found' })
    await tables.done(gm, 'PATCH /api/session', { body: { joinable: false } })
    expect((await watch(code)).json).toMatchObject({ type: '/problems/not-joinable' })
  })

  it('counts wrong codes, and what is asked for at all, by address', async () => {
    const gm = await tables.open()
    const guesser = anyIp()
    for (let tries = 0; tries < 20; tries += 1) expect((await watch('QX7M-2KDQ', guesser)).status).toBe(404)
    expect((await watch(gm.session.code, guesser)).status).toBe(429)
    const eager = anyIp()
    for (let tries = 0; tries < 60; tries += 1) expect((await watch(gm.session.code, eager)).status).toBe(200)
    expect((await watch(gm.session.code, eager)).status).toBe(429)
  })

  it('shows what happens, and nothing of what is hidden, in any byte', async () => {
    const gm = await tables.open()
    const { socket, welcome } = await look(gm)
    const before = await addMonsters(gm)
    const { welcome: late } = await look(gm)
    await tables.done(gm, 'POST /api/combat/start', { body: { roll: 'all' } })
    for (let turns = 0; turns < 4; turns += 1) await tables.done(gm, 'POST /api/combat/next', { body: {} })
    await expectPlays(await tables.channel(gm))
    await socket.next('event', ({ name }) => name === 'dice.rolled')
    const seen = JSON.stringify([welcome, late, ...socket.received])
    expect(seen).toContain('Bugbear')
    for (const secret of ['Ogre', 'Skarn', ...before]) expect(seen).not.toContain(secret)
  })

  /** A bugbear that everyone sees, and an ogre that nobody does. @returns the ids of the hidden one */
  async function addMonsters(gm: Seat): Promise<readonly string[]> {
    const add = (combatant: object) =>
      tables.done(gm, 'POST /api/combat/combatants', { body: { combatants: [combatant] } })
    await add({ kind: 'monster', monster: 'bugbear', count: 1 })
    await add({ kind: 'monster', monster: 'ogre', name: 'Ogre Skarn', count: 1, isHidden: true })
    const { json } = await tables.done(gm, 'GET /api/session')
    const rows: readonly { readonly id: string; readonly isHidden: boolean }[] = Object.values(
      json.state.game.combatant,
    )
    const hidden = rows.filter(({ isHidden }) => isHidden).map(({ id }) => id)
    expect([rows.length, hidden.length]).toEqual([2, 1])
    return hidden
  }

  it('is no way to act', async () => {
    const gm = await tables.open()
    const { socket } = await look(gm)
    const { seq } = (await tables.done(gm, 'GET /api/session')).json
    for (const [name, payload] of [
      ['dice.roll', { expression: '1d20', visibility: 'public' }],
      ['combat.start', { roll: 'all' }],
      ['undo', {}],
    ] as const) {
      socket.command(name, payload, name)
      const { problem } = await socket.next('reject', ({ id }) => id === name)
      expect(problem).toMatchObject({ type: '/problems/not-allowed' })
    }
    expect((await tables.done(gm, 'GET /api/session')).json.seq).toBe(seq)
  })

  it('lasts as long as its ticket, and goes on with another', async () => {
    const gm = await tables.open()
    const { socket, welcome } = await look(gm)
    socket.send({ type: 'renew' })
    expect(await socket.ended()).toMatchObject({
      code: 4403,
      reason: { type: '/problems/guests-not-allowed' },
    })
    const { json } = await watch(gm.session.code)
    const again = await server.enter(gm.session.id, json.ticket, { query: `?since=${welcome['seq']}` })
    expect(await again.next('welcome')).toMatchObject({ resumed: true })
  })

  it('takes nobody’s place, and has so many of its own', async () => {
    const gm = await tables.open()
    await Promise.all(Array.from({ length: limits.watchersPerRoom }, () => look(gm)))
    const late = await knock(gm)
    expect(await late.ended()).toMatchObject({ code: 4409, reason: { type: '/problems/room-full' } })
    const players = await Promise.all(Array.from({ length: 23 }, () => tables.join(gm)))
    const sockets = await Promise.all([gm, ...players].map((seat) => tables.channel(seat)))
    for (const socket of sockets) expect(socket.end).toBeUndefined()
    const { json } = await tables.done(gm, 'GET /api/session')
    expect(Object.keys(json.state.players).length).toBe(24)
    await expect(tables.join(gm)).rejects.toThrow('room-full')
  })
})
