import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limits } from '@innkeeper/protocol/limits'
import { createSqlJournal } from '@innkeeper/rooms/journal/sql-journal'
import { roomsMigrations, type RoomTables } from '@innkeeper/rooms/migrations/rooms-migrations'
import { migrate } from '@innkeeper/storage/migrations'
import { openDatabase, type Database } from '@innkeeper/storage/open-database'
import type { FrontDesk, GuestTicket } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { canStartNodes, startTestNodes, type TestNodes } from '../support/start-nodes'
import { startTestServer, type TestServer } from '../support/start-server'
import { createTestClock } from '../support/test-clock'
import { until } from '../support/until'
import { startRoomNode, tellingRoom, type RoomNode } from './room-node'

const rivals = 30

/** All of them knock at once. @returns how many are inside when everyone has been answered, and why others are not */
async function rush(desks: readonly FrontDesk[], roomId: string, tickets: readonly GuestTicket[]) {
  const sockets = await Promise.all(
    tickets.map(({ ticket }, index) => (desks[index % desks.length] ?? desks[0])?.enter(roomId, ticket)),
  )
  const knocking = sockets.filter((socket): socket is RawSocket => socket !== undefined)
  const isAnswered = ({ end, received }: RawSocket) => end !== undefined || received.length > 0
  await until(() => knocking.every(isAnswered), { ms: 10_000 })
  const inside = knocking.filter(({ end }) => end === undefined)
  const ends = new Set(knocking.flatMap(({ end }) => (end ? [`${end.code} ${end.reason.type ?? ''}`] : [])))
  const [first] = inside
  first?.command('how many', 1)
  await first?.next('event')
  await Promise.all(inside.map((socket) => socket.close()))
  return { inside: inside.length, ends: [...ends] }
}

const ticketsFor = (desk: FrontDesk, roomId: string) =>
  Promise.all(Array.from({ length: rivals }, () => desk.guest(roomId)))

const full = '4409 /problems/room-full'

describe('a room of so many places, when many come in at once', () => {
  describe('on one node', () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer()
    })
    afterAll(() => server.stop())

    it.each([1, 3])('a ring room seats %d', async (maxPlayers) => {
      const roomId = await server.room(await server.register(), { maxPlayers })
      const tickets = await ticketsFor(server, roomId)
      for (let round = 0; round < 5; round += 1)
        expect(await rush([server], roomId, tickets)).toEqual({ inside: maxPlayers, ends: [full] })
    })
  })

  describe('whose entries are written to a disk', () => {
    const folder = mkdtempSync(join(tmpdir(), 'innkeeper-capacity-'))
    /** Everyone's coming in is an event, so that each entry waits for the disk between its two looks. */
    const registering = tellingRoom({
      admit: (_state, { nick }) => ({ role: 'player', events: [{ name: 'told', payload: nick }] }),
    })
    let database: Database<RoomTables>
    let node: RoomNode
    beforeAll(async () => {
      database = await openDatabase<RoomTables>(`file:${join(folder, 'rooms.sqlite')}`, { info() {} })
      await migrate(database, 'rooms', roomsMigrations)
      node = startRoomNode({ types: [registering], ports: { journal: createSqlJournal(database) } })
    })
    afterAll(async () => {
      await node.stop()
      await database.close()
      rmSync(folder, { recursive: true })
    })

    it.each([1, 3])('a durable room seats %d', async (maxPlayers) => {
      const { record } = await node.create(registering, { maxPlayers })
      const tickets = await ticketsFor(node, record.id)
      for (let round = 0; round < 5; round += 1)
        expect(await rush([node], record.id, tickets)).toEqual({ inside: maxPlayers, ends: [full] })
    })
  })

  const describeNodes = canStartNodes() ? describe : describe.skip
  describeNodes('on two nodes and one Redis', () => {
    let deployment: TestNodes
    beforeAll(async () => {
      deployment = await startTestNodes({ clocks: [createTestClock(), createTestClock()] })
    }, 30_000)
    afterAll(() => deployment.stop())

    it.each([1, 3])('a ring room seats %d', async (maxPlayers) => {
      const [first] = deployment.nodes
      if (!first) throw new Error('No node')
      const roomId = await first.room(await first.register(), { maxPlayers })
      const tickets = await ticketsFor(first, roomId)
      for (let round = 0; round < 3; round += 1)
        expect(await rush(deployment.nodes, roomId, tickets)).toEqual({ inside: maxPlayers, ends: [full] })
    })

    it('an owner has so many rooms at most', async () => {
      await expectRoomsPerOwner(deployment.nodes)
    })
  })

  it('an owner has so many rooms at most, on one node', async () => {
    const server = await startTestServer()
    await expectRoomsPerOwner([server])
    await server.stop()
  })
})

/** Asks for half as many again as there may be, all at once. */
async function expectRoomsPerOwner(desks: readonly FrontDesk[]): Promise<void> {
  const [desk] = desks
  if (!desk) throw new Error('No node')
  const { token } = await desk.register()
  const open = (at: FrontDesk) =>
    at.call('POST', '/rooms', { token, body: { type: 'relay', name: 'One of many' } })
  const asked = Array.from({ length: limits.roomsPerOwner * 1.5 }, (_, index) =>
    open(desks[index % desks.length] ?? desk),
  )
  const answers = await Promise.all(asked)
  expect(answers.every(({ status }) => status === 201 || status === 429)).toBe(true)
  const made = answers.filter(({ status }) => status === 201).map(({ json }) => String(json.roomId))
  expect(made.length).toBeLessThanOrEqual(limits.roomsPerOwner)
  const found = await Promise.all(made.map((id) => desk.call('GET', `/rooms/${id}`)))
  expect(found.every(({ status }) => status === 200)).toBe(true)
  // As many as there may be can still be had, and not one more.
  for (let count = made.length; count < limits.roomsPerOwner; count += 1)
    expect((await open(desk)).status).toBe(201)
  expect(await open(desk)).toMatchObject({ status: 429, json: { type: '/problems/too-many' } })
}
