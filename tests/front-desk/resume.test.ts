import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import type { ServerFrame } from '@innkeeper/protocol/frames'
import fc from 'fast-check'
import type { TestAccount } from '../support/front-desk'
import type { RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'

let server: TestServer
let owner: TestAccount

beforeAll(async () => {
  server = await startTestServer({ env: { SOCKET_MESSAGES_PER_SECOND: '1000000' } })
  owner = await server.register()
})
afterAll(() => server.stop())

interface Scene {
  readonly roomId: string
  readonly talker: RawSocket
  /** The ticket of a player who is not inside. */
  readonly ticket: string
}

/** A room in which somebody has said 1 to `count`; each is the event of that `seq`. */
async function roomWith(count: number): Promise<Scene> {
  const roomId = await server.room(owner)
  const talker = await server.join(roomId, (await server.guest(roomId)).ticket)
  for (let index = 1; index <= count; index += 1) talker.command(`t${index}`, index)
  if (count > 0) await talker.next('event', ({ seq }) => seq === count)
  return { roomId, talker, ticket: (await server.guest(roomId)).ticket }
}

function eventsOf(frames: readonly ServerFrame[]) {
  return frames.flatMap((frame) =>
    frame.type === 'event' ? [{ seq: frame.seq, payload: frame.payload }] : [],
  )
}

const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index, payload: from + index }))

/** Everything that came before the answer to a command of its own. */
async function allUntilNow(socket: RawSocket): Promise<readonly ServerFrame[]> {
  const id = crypto.randomUUID()
  socket.command(id, 'end')
  await socket.next('event', ({ ref }) => ref === id)
  return socket.received.filter((frame) => frame.type !== 'event' || frame.ref !== id)
}

describe('?since', () => {
  it('of what was seen last brings exactly what was missed', async () => {
    const { roomId, talker, ticket } = await roomWith(5)
    const socket = await server.enter(roomId, ticket, { query: '?since=2' })
    const welcome = await socket.next('welcome')
    expect(welcome).toMatchObject({ resumed: true, seq: 5 })
    expect(welcome).not.toHaveProperty('state')
    expect(eventsOf(await allUntilNow(socket))).toEqual(upTo(3, 5))
    await Promise.all([socket.close(), talker.close()])
  })

  it('of the newest brings nothing, and the next event follows on', async () => {
    const { roomId, talker, ticket } = await roomWith(3)
    const socket = await server.join(roomId, ticket, { query: '?since=3' })
    talker.command('next', 4)
    expect(await socket.next('event')).toMatchObject({ seq: 4 })
    expect(eventsOf(socket.received)).toEqual(upTo(4, 4))
    await Promise.all([socket.close(), talker.close()])
  })

  it('of the beginning brings everything, up to what a room keeps; of one event before that, a fresh welcome', async () => {
    const count = limits.ringEvents + 10
    const { roomId, talker, ticket } = await roomWith(count)
    const oldest = count - limits.ringEvents
    const whole = await server.enter(roomId, ticket, { query: `?since=${oldest}` })
    expect(await whole.next('welcome')).toMatchObject({ resumed: true })
    await whole.next('event', ({ seq }) => seq === count)
    expect(eventsOf(whole.received)).toEqual(upTo(oldest + 1, count))
    await whole.close()
    const tooOld = await server.enter(roomId, ticket, { query: `?since=${oldest - 1}` })
    expect(await tooOld.next('welcome')).toMatchObject({ resumed: false, seq: count, state: {} })
    expect(eventsOf(await allUntilNow(tooOld))).toEqual([])
    await Promise.all([tooOld.close(), talker.close()])
  })

  it.each([4, 1_000_000, 999_999_999_999_999])('from the future (%d) gets a fresh welcome', async (since) => {
    const { roomId, talker, ticket } = await roomWith(3)
    const socket = await server.enter(roomId, ticket, { query: `?since=${since}` })
    expect(await socket.next('welcome')).toMatchObject({ resumed: false, seq: 3 })
    expect(eventsOf(await allUntilNow(socket))).toEqual([])
    await Promise.all([socket.close(), talker.close()])
  })

  it('after a take-over brings what the old device has not seen', async () => {
    const { roomId, talker, ticket } = await roomWith(2)
    const old = await server.join(roomId, ticket)
    old.pause()
    for (const index of [3, 4]) talker.command(`t${index}`, index)
    await talker.next('event', ({ seq }) => seq === 4)
    const fresh = await server.enter(roomId, ticket, { query: '?takeover=true&since=2' })
    expect(await fresh.next('welcome')).toMatchObject({ resumed: true })
    expect(eventsOf(await allUntilNow(fresh))).toEqual(upTo(3, 4))
    old.drop()
    await Promise.all([fresh.close(), talker.close()])
  })
})

describe('a resume frame', () => {
  it('as the first frame brings a second welcome and what was missed', async () => {
    const { roomId, talker, ticket } = await roomWith(5)
    const socket = await server.join(roomId, ticket)
    socket.send({ type: 'resume', since: 3 })
    expect(await socket.next('welcome')).toMatchObject({ resumed: true, seq: 5 })
    expect(eventsOf(await allUntilNow(socket))).toEqual(upTo(4, 5))
    await Promise.all([socket.close(), talker.close()])
  })

  it('from the future brings a second welcome with the state', async () => {
    const { roomId, talker, ticket } = await roomWith(1)
    const socket = await server.join(roomId, ticket)
    socket.send({ type: 'resume', since: 7 })
    expect(await socket.next('welcome')).toMatchObject({ resumed: false, seq: 1, state: {} })
    await Promise.all([socket.close(), talker.close()])
  })

  it.each([
    ['a command', (socket: RawSocket) => socket.command('c', 1)],
    ['another resume', (socket: RawSocket) => socket.send({ type: 'resume', since: 0 })],
  ] as const)('after %s closes with 4400', async (_what, before) => {
    const { roomId, talker, ticket } = await roomWith(0)
    const socket = await server.join(roomId, ticket)
    before(socket)
    socket.send({ type: 'resume', since: 0 })
    expect(await socket.closeCode()).toBe(4400)
    await talker.close()
  })
})

describe('whatever happens to the lines', () => {
  type Step = {
    readonly who: number
    readonly act: 'say' | 'drop' | 'say and drop' | 'come back' | 'take over'
  }
  const clients = 3
  const steps = fc.array(
    fc.record<Step>({
      who: fc.nat(clients - 1),
      act: fc.constantFrom('say', 'say', 'say', 'drop', 'say and drop', 'come back', 'take over'),
    }),
    { minLength: 5, maxLength: 40 },
  )

  it('every client folds the same events, without a gap and without one twice', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const folded = await play(script)
        const [first = []] = folded
        expect(first.map(({ seq }) => seq)).toEqual(first.map((_, index) => index + 1))
        for (const events of folded) expect(events).toEqual(first)
      }),
      { numRuns: 25, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
    )
  }, 30_000)

  /** @returns what each client has seen, over all its sockets */
  async function play(script: readonly Step[]) {
    const roomId = await server.room(owner)
    const players: Client[] = []
    for (let index = 0; index < clients; index += 1) players.push(await Client.join(roomId))
    for (const [index, { who, act }] of script.entries()) await players[who]?.act(act, `${index}`)
    for (const player of players) await player.comeBack()
    const [last] = players
    last?.socket?.command('the end', 'the end')
    await Promise.all(players.map((player) => player.socket?.next('event', ({ ref }) => ref === 'the end')))
    for (const player of players) player.drop()
    return players.map(({ seen }) => seen)
  }

  class Client {
    readonly #fromEarlier: { seq: number; payload: unknown }[] = []
    socket: RawSocket | undefined

    constructor(
      readonly roomId: string,
      readonly ticket: string,
    ) {}

    static async join(roomId: string): Promise<Client> {
      const client = new Client(roomId, (await server.guest(roomId)).ticket)
      client.socket = await server.join(roomId, client.ticket)
      return client
    }

    get seen() {
      return [...this.#fromEarlier, ...eventsOf(this.socket?.received ?? [])]
    }

    async act(act: Step['act'], text: string): Promise<void> {
      switch (act) {
        case 'say':
          return this.socket?.command(text, text)
        case 'drop':
          return this.drop()
        case 'say and drop':
          this.socket?.command(text, text)
          return this.drop()
        case 'come back':
          return await this.comeBack()
        case 'take over':
          return await this.comeBack(true)
      }
    }

    drop(): void {
      this.socket?.drop()
      this.#fromEarlier.push(...eventsOf(this.socket?.received ?? []))
      this.socket = undefined
    }

    async comeBack(isMoving = false): Promise<void> {
      if (this.socket && !isMoving) return
      const since = this.seen.at(-1)?.seq ?? 0
      this.drop()
      this.socket = await server.join(this.roomId, this.ticket, { query: `?takeover=true&since=${since}` })
    }
  }
})
