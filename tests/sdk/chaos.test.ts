import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventFrame } from '@innkeeper/protocol/frames'
import { createTablesDesk, type Seat } from '../seats/at-the-table'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'
import { type BadNetwork, openBadNetwork } from './bad-network'
import { ChaosSeat } from './chaos-seat'

const commandsEach = 50
/** By what was done, not by the clock: a slow machine meets as many faults as a fast one. */
const commandsPerFault = 6

// The server that is started again goes on with the data of the first.
const dataDir = mkdtempSync(join(tmpdir(), 'innkeeper-sdk-'))
let server: TestServer
let network: BadNetwork
beforeAll(async () => {
  server = await startTestServer({ dataDir })
  network = await openBadNetwork(server.port)
})
afterAll(async () => {
  await network.close()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A game master and five players at one table, all behind the bad network. */
async function sitDown(): Promise<readonly ChaosSeat[]> {
  const desk = createTablesDesk(server)
  const gm = await desk.open()
  const players: Seat[] = []
  for (let seat = 1; seat <= 5; seat += 1) players.push(await desk.join(gm, `Player ${seat}`))
  const everyone = [gm, ...players].map((seat) => new ChaosSeat(`http://127.0.0.1:${network.port}`, seat))
  await until(() => everyone.every(({ connection }) => connection.state.kind === 'live'))
  return everyone
}

const viewOf = async ({ seat }: ChaosSeat) =>
  (await createTablesDesk(server).done(seat, 'GET /api/session')).json

/** Does something to one of the connections. */
function breakSomething(): void {
  const cut = () => network.cut(below(100))
  const delay = () => network.delay(below(100), below(150))
  const faults = [cut, cut, cut, delay, delay, delay, () => network.freeze(below(100))]
  faults[below(faults.length)]?.()
}

const below = (bound: number) => Math.floor(Math.random() * bound)

/** Sends its commands a few at a time; what a reload leaves without a giver counts as sent. */
async function play(seat: ChaosSeat, name: string, sent: string[]): Promise<void> {
  for (let number = 1; number <= commandsEach; number += 1) {
    const label = `${name} ${number}`
    sent.push(label)
    const answer = seat.connection.send('dice.roll', { expression: '1d20', visibility: 'public', label })
    void answer.catch(() => {}) // Lost with its page: the stored command goes on.
    await untilAll([seat], ({ connection }) => connection.waiting.length < 4)
    if (sent.length % commandsPerFault === 0) breakSomething()
  }
}

const isCalm = ({ connection }: ChaosSeat) =>
  connection.state.kind === 'live' && connection.waiting.length === 0

/** @throws Error that says how everybody stands */
async function untilAll(everyone: readonly ChaosSeat[], test: (seat: ChaosSeat) => boolean): Promise<void> {
  await until(() => everyone.every(test), { ms: 25_000, everyMs: 2 }).catch((cause: unknown) => {
    const stands = everyone.map(({ connection, lastSeq, welcomes }) =>
      JSON.stringify({ ...connection.state, lastSeq, welcomes, waiting: connection.waiting.length }),
    )
    throw new Error(stands.join('\n'), { cause })
  })
}

describe('a table behind a network that cuts, delays and freezes', () => {
  it('does every command once, and shows everyone what the server has', async () => {
    const everyone = await sitDown()
    const [gm] = everyone
    if (gm === undefined) return expect.unreachable()
    const { seq: firstSeq } = await viewOf(gm)
    const sent: string[] = []
    const traffic = Promise.all(everyone.map((seat, index) => play(seat, `p${index}`, sent)))
    await until(() => sent.length > 100, { ms: 25_000 })
    everyone[2]?.reload()
    await until(() => sent.length > 200, { ms: 25_000 })
    await server.stop()
    server = await startTestServer({ env: { PORT: String(server.port) }, dataDir, clock: server.clock })
    everyone[3]?.reload()
    await traffic
    await untilAll(everyone, isCalm)

    const views = await Promise.all(everyone.map(viewOf))
    const last = views[0]?.seq
    await untilAll(everyone, ({ lastSeq }) => lastSeq === last)
    expect(last - firstSeq).toBe(sent.length)
    everyone.forEach((seat, index) => expect(seat.state).toEqual(views[index]?.state))
    const [, first, ...others] = everyone
    for (const other of others) expect(other.state).toEqual(first?.state)
    for (const label of sent) {
      const seqs = new Set(everyone.flatMap(({ heard }) => [...(heard.get(label) ?? [])]))
      expect([label, seqs.size]).toEqual([label, 1])
    }
    // Else nothing was at stake: the restart alone lets everybody in a second time.
    const welcomes = everyone.reduce((sum, seat) => sum + seat.welcomes, 0)
    expect(welcomes).toBeGreaterThan(everyone.length * 2)
    for (const { connection } of everyone) connection.leave()
  }, 60_000)

  it('does a command once that was tapped twice, before a reload and after it', async () => {
    const [gm] = await sitDown()
    if (gm === undefined) return expect.unreachable()
    const payload = { expression: '1d20', visibility: 'public', label: 'tapped twice' }
    const answer: EventFrame = await gm.connection.send('dice.roll', payload)
    gm.storeAgain(answer, payload)
    expect(gm.connection.waiting.map(({ id }) => id)).toEqual([answer.ref ?? ''])
    await until(() => isCalm(gm))
    expect([gm.lastSeq, (await viewOf(gm)).seq]).toEqual([answer.seq, answer.seq])
    gm.connection.leave()
  })
})
