import { afterEach, describe, expect, it } from 'bun:test'
import { CannotConnect, TryLater } from './address'
import { type ConnectionOptions, RoomConnection } from './connection'
import type { ConnectionState } from './connection-state'
import { CommandCancelled } from './outbox'
import type { StoredCommand, WaitingCommand } from './outbox-storage'
import { type ModelPayload, RoomModel } from './room-model.fake'
import { FakeTime } from './time.fake'

const me = 'ada'
const open: RoomConnection[] = []
afterEach(() => {
  for (const connection of open.splice(0)) connection.leave()
})

function setUp(options: Partial<ConnectionOptions> = {}, stored: readonly StoredCommand[] = []) {
  const [room, time] = [new RoomModel(), new FakeTime()]
  const seen = {
    states: [] as ConnectionState[],
    waiting: [] as readonly WaitingCommand[],
    saved: stored,
    reported: [] as string[],
    urls: [] as string[],
  }
  const connection = new RoomConnection(
    {
      address: () => ({ url: 'ws://room/', protocols: [] }),
      storage: { load: () => seen.saved, save: (commands) => void (seen.saved = commands) },
      onState: (state) => void seen.states.push(state),
      onWaiting: (waiting) => (seen.waiting = waiting),
      onRefused: ({ id }, { type }) => void seen.reported.push(`${id} ${type}`),
      onLost: (commands, why) => void seen.reported.push(...commands.map(({ id }) => `${id} ${why}`)),
      ...options,
    },
    {
      ...{ now: time.now, ticks: time.ticks, after: time.after },
      random: { below: () => 0, uuid: () => crypto.randomUUID() },
      openSocket: (url, _protocols, events) => {
        seen.urls.push(url)
        return room.connect(me, url, events)
      },
    },
  )
  open.push(connection)
  return { room, time, connection, seen }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
}

/** Everything arrives, and promises that are due come true. */
async function deliverAll(room: RoomModel): Promise<void> {
  do await settle()
  while (room.deliver(me, 'up') || room.deliver(me, 'down'))
}

const payload = (number: number, isRefused = false): ModelPayload => ({ number, isRefused, isSecret: false })
const stored = (number: number, fields: Partial<StoredCommand> = {}): StoredCommand => ({
  ...{ id: `c${number}`, name: 'do', payload: payload(number), sinceMs: 1_795_296_000_000, sentAtSeq: null },
  ...fields,
})
const numbersOf = ({ journal }: RoomModel) => journal.map((event) => (event.payload as ModelPayload).number)

describe('the offline queue', () => {
  it('shows what waits, sends it in order when the room is there, and is empty then', async () => {
    const { room, connection, seen } = setUp()
    const answers = [1, 2, 3].map((number) => connection.send('do', payload(number)))
    expect(seen.waiting.map(({ isSent }) => isSent)).toEqual([false, false, false])
    expect(connection.waiting).toEqual(seen.waiting)
    connection.open()
    await deliverAll(room)
    expect((await Promise.all(answers)).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect([numbersOf(room), seen.waiting, seen.saved]).toEqual([[1, 2, 3], [], []])
  })

  it('takes a command back that has not left', async () => {
    const { room, connection, seen } = setUp()
    const [first, second] = [1, 2].map((number) => connection.send('do', payload(number)))
    expect(connection.cancel(seen.waiting[0]?.id ?? '')).toBe(true)
    expect(await first?.catch((error: unknown) => error)).toBeInstanceOf(CommandCancelled)
    connection.open()
    await deliverAll(room)
    await second
    expect([numbersOf(room), connection.cancel('c1')]).toEqual([[2], false])
  })

  it('goes on after a reload, under the same ids, in order and before what is new', async () => {
    const { room, connection, seen } = setUp({}, [stored(1, { sentAtSeq: 0 }), stored(2)])
    connection.open()
    const answer = connection.send('do', payload(3))
    expect(seen.waiting.map(({ isSent }) => isSent)).toEqual([true, false, false])
    await deliverAll(room)
    expect((await answer).seq).toBe(3)
    expect(room.journal.map(({ ref }) => ref).slice(0, 2)).toEqual(['c1', 'c2'])
    expect([seen.waiting, seen.saved, seen.reported]).toEqual([[], [], []])
  })

  it('reports what is refused after a reload, and what the end takes away', async () => {
    const refused = stored(1, { payload: payload(1, true) })
    const { room, connection, seen } = setUp({}, [refused, stored(2)])
    connection.open()
    await settle()
    room.deliver(me, 'down')
    room.deliver(me, 'up')
    room.deliver(me, 'down')
    expect(seen.reported).toEqual(['c1 /problems/not-allowed'])
    room.cut(me, 4403)
    expect(seen.reported.slice(1)).toEqual(['c2 The connection has ended'])
    expect(seen.saved).toEqual([])
  })

  it('does not send again what the room may have forgotten that it did', async () => {
    const { room, connection, seen } = setUp({}, [stored(1, { sentAtSeq: 0 }), stored(2)])
    for (let seq = 1; seq <= 257; seq += 1)
      room.journal.push({ type: 'event', seq, at: 1, by: 'bo', name: 'do', payload: payload(1_000) })
    connection.open()
    await deliverAll(room)
    expect(numbersOf(room).slice(257)).toEqual([2])
    expect(seen.reported).toEqual(['c1 Nobody knows whether it was applied'])
  })
})

describe('an address', () => {
  it('may say how long to wait, and why there is no way in', async () => {
    const answers = [new TryLater(30_000), new CannotConnect('/problems/banned', 4403)]
    const { time, connection } = setUp({ address: () => Promise.reject(answers.shift() ?? new Error('?')) })
    connection.open()
    await settle()
    expect(connection.state).toEqual({ kind: 'waiting', retryInMs: 30_000, sinceMs: null })
    time.advance(30_000)
    await settle()
    expect(connection.state).toEqual({ kind: 'ended', code: 4403, reason: '/problems/banned' })
  })
})

describe('an end', () => {
  it('says where the player is instead', async () => {
    const { room, connection } = setUp()
    connection.open()
    await deliverAll(room)
    room.cut(me, 4409, JSON.stringify({ type: '/problems/already-in-room', roomId: 'r2', since: 5 }))
    expect(connection.state).toEqual({
      ...{ kind: 'ended', code: 4409, reason: '/problems/already-in-room' },
      where: { roomId: 'r2', sinceMs: 5 },
    })
  })

  it('is none for who finds their own old socket in their place: they take over, once', async () => {
    const { room, time, connection, seen } = setUp()
    connection.open()
    await deliverAll(room)
    const ownSocket = JSON.stringify({ type: '/problems/already-in-room', roomId: 'r', since: 1 })
    room.cut(me, 1006)
    time.runNext()
    await settle()
    room.cut(me, 4409, ownSocket)
    expect(connection.state.kind).toBe('connecting')
    await settle()
    expect(seen.urls).toEqual(['ws://room/', 'ws://room/?since=0', 'ws://room/?since=0&takeover=true'])
    room.cut(me, 4409, ownSocket)
    expect(connection.state.kind).toBe('waiting')
    time.runNext()
    await deliverAll(room)
    expect(connection.state.kind).toBe('live')
  })

  it('is not believed at once by who finds their place taken on coming back: a socket may never have been welcomed', async () => {
    const { room, time, connection } = setUp()
    connection.open()
    await deliverAll(room)
    const taken = JSON.stringify({ type: '/problems/already-in-room', roomId: 'r', since: 5 })
    room.cut(me, 1006)
    for (let ghost = 1; ghost <= 4; ghost += 1) {
      time.runNext()
      await settle()
      room.cut(me, 4409, taken)
      expect(connection.state.kind).toBe('waiting')
    }
    time.runNext()
    await settle()
    room.cut(me, 4409, taken)
    expect(connection.state).toMatchObject({ kind: 'ended', code: 4409 })
  })

  it('is a drop to whoever knows a way back', async () => {
    const { room, connection } = setUp({ mayReturn: ({ code }) => code === 4401 })
    connection.open()
    await deliverAll(room)
    room.cut(me, 4401)
    expect(connection.state.kind).toBe('waiting')
    room.cut(me, 4403)
  })
})

describe('a line that is dead and does not say so', () => {
  it('is found out, and left', async () => {
    const { room, time, connection } = setUp()
    connection.open()
    await deliverAll(room)
    expect(connection.heardAtMs).toBe(time.now())
    time.advance(20_000)
    await deliverAll(room)
    time.advance(20_000)
    expect(connection.state.kind).toBe('live')
    time.advance(5_000)
    expect(connection.state.kind).toBe('connecting')
    expect(room.journal).toEqual([])
  })
})
