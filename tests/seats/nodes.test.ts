import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { canStartNodes, startTestNodes, type TestNodes } from '../support/start-nodes'
import { createTestClock } from '../support/test-clock'
import { createTablesDesk, endedBy, expectPlays, type Seat, type TablesDesk } from './at-the-table'

const withinMs = 1_000
const describeNodes = canStartNodes() ? describe : describe.skip

describeNodes('seats on two nodes', () => {
  let deployment: TestNodes
  /** Tables are opened here, so here are their rooms. */
  let here: TablesDesk
  let there: TablesDesk

  beforeAll(async () => {
    deployment = await startTestNodes({ clocks: [createTestClock(), createTestClock()] })
    const [first, second] = deployment.nodes.map((node) => createTablesDesk(node))
    if (!first || !second) throw new Error('Two nodes')
    here = first
    there = second
  }, 30_000)
  afterAll(() => deployment.stop())

  const seatOf = ({ player }: Seat, rest = '') => `/api/session/players/${player.uuid}${rest}`

  it('[SEC-104] a kick on one node ends the socket and the tokens on the other, within a second', async () => {
    const gm = await here.open()
    for (const [socketAt, kickAt] of [
      [here, there],
      [there, here],
    ] as const) {
      const player = await there.join(gm)
      const socket = await socketAt.channel(player)
      const end = await endedBy(socket, () => kickAt.done(gm, `DELETE ${seatOf(player)}`))
      expect(end).toMatchObject({ code: 4403, reason: { type: 'kicked' } })
      expect(end.tookMs).toBeLessThan(withinMs)
      for (const desk of [here, there]) expect((await desk.ask(player, 'GET /api/session')).status).toBe(401)
    }
  })

  it('[SEC-104] the removal of a device on one node ends its socket on the other', async () => {
    const gm = await here.open()
    const { code } = (await here.done(gm, 'POST /api/session/devices')).json
    const phone: Seat = (await there.ask(gm, 'POST /api/session/pair', { body: { code } })).json
    const socket = await there.channel(gm)
    const [, laptop] = await here.devices(phone)
    const end = await endedBy(socket, () => here.done(phone, `DELETE /api/session/devices/${laptop?.id}`))
    expect([end.code, end.tookMs < withinMs]).toEqual([4403, true])
    expect((await there.ask(gm, 'GET /api/session')).status).toBe(401)
    await expectPlays(await there.channel(phone))
  })

  it('what a game master says on one node is so on the other', async () => {
    const gm = await here.open()
    const player = await there.join(gm)
    // Both nodes have met both seats, and may remember them as they were.
    for (const desk of [here, there])
      for (const seat of [gm, player]) await desk.done(seat, 'GET /api/session')
    await there.done(gm, `PATCH ${seatOf(player)}`, { body: { name: 'Лия' } })
    await there.done(gm, 'PATCH /api/session', { body: { name: 'Icespire' } })
    const { code } = (await here.done(gm, 'POST /api/session/join-code')).json
    await there.done(gm, `POST ${seatOf(player, '/hand-over')}`)
    for (const desk of [here, there]) {
      const seen = (await desk.done(player, 'GET /api/session')).json
      expect(seen.player).toEqual({ uuid: player.player.uuid, name: 'Лия', role: 'gm' })
      expect(seen.session).toMatchObject({ name: 'Icespire', code })
      expect((await desk.ask(gm, 'POST /api/session/join-code')).status).toBe(403)
      expect((await desk.ask(player, 'GET /api/session/bans')).status).toBe(200)
    }
  })

  it('[SEC-104] closing the table on one node closes its sockets on both with 4404', async () => {
    const gm = await here.open()
    const player = await there.join(gm)
    const [gmSocket, socket] = [await here.channel(gm), await there.channel(player)]
    const end = await endedBy(socket, () => there.done(gm, 'DELETE /api/session'))
    expect([end.code, end.tookMs < withinMs]).toEqual([4404, true])
    expect(await gmSocket.closeCode()).toBe(4404)
    for (const desk of [here, there])
      for (const seat of [gm, player]) {
        expect((await desk.ask(seat, 'GET /api/session')).status).toBe(401)
        expect(await (await desk.knock(seat)).closeCode()).toBe(4404)
      }
  })
})
