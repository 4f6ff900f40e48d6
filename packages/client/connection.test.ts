import { afterEach, describe, expect, it } from 'bun:test'
import { CannotConnect, channelAddress, ticketAddress } from './address'
import { type ConnectionOptions, RoomConnection } from './connection'
import type { ConnectionState } from './connection-state'
import type { Effects } from './effects'
import { CommandLost, CommandRefused } from './outbox'
import { ManualTimers, ScriptedServer, until } from './scripted-server.fake'
import { webPlatform } from './web-platform'

const me = 'uuid-mira'
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

function setUp(options: Partial<ConnectionOptions> = {}) {
  const server = new ScriptedServer(me)
  const timers = new ManualTimers()
  const effects: Effects = { ...webPlatform(), now: timers.now, after: timers.after }
  const states: ConnectionState[] = []
  const events: { seq: number; name: string }[] = []
  const connection = new RoomConnection(
    {
      address: () => channelAddress(server.origin, 'channel-token'),
      onState: (state) => states.push(state),
      onEvent: ({ seq, name }) => events.push({ seq, name }),
      ...options,
    },
    effects,
  )
  cleanups.push(() => {
    connection.leave()
    server.stop()
  })
  return { server, timers, connection, states, events }
}

async function enter(fixture: ReturnType<typeof setUp>, seq = 0) {
  fixture.connection.open()
  const socket = await fixture.server.nextSocket()
  socket.welcome({ seq })
  await until(() => fixture.connection.state.kind === 'live')
  return socket
}

describe('entering', () => {
  it('opens the channel with its token and is live at the welcome', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    expect(socket.path).toBe('/ws?token=channel-token')
    expect(fixture.states.map(({ kind }) => kind)).toEqual(['connecting', 'live'])
    expect(fixture.connection.me?.uuid).toBe(me)
  })

  it('enters a room with the ticket in a subprotocol, and asks for a new address at every try', async () => {
    const tickets = ['first', 'second']
    const fixture = setUp({
      address: () => ticketAddress(fixture.server.origin, 'r1', tickets.shift() ?? ''),
    })
    const socket = await enter(fixture)
    expect(socket.path).toBe('/enterRoom/r1')
    expect(socket.protocols).toBe('innkeeper.v1, ticket.first')
    socket.close(4500)
    await until(() => fixture.connection.state.kind === 'waiting')
    fixture.timers.runAll()
    expect((await fixture.server.nextSocket()).protocols).toBe('innkeeper.v1, ticket.second')
  })

  it('ends when the address cannot be had for good, and tries again when it just failed', async () => {
    const failures = [new Error('no network'), new CannotConnect('banned')]
    const fixture = setUp({ address: () => Promise.reject(failures.shift() ?? new Error('unexpected')) })
    fixture.connection.open()
    await until(() => fixture.connection.state.kind === 'waiting')
    fixture.timers.runAll()
    await until(() => fixture.connection.state.kind === 'ended')
    expect(fixture.connection.state).toMatchObject({ reason: 'banned' })
  })

  it('gives up on a socket that does not welcome in time', async () => {
    const fixture = setUp()
    fixture.connection.open()
    await fixture.server.nextSocket()
    fixture.timers.runAll()
    expect(fixture.connection.state).toMatchObject({ kind: 'waiting', sinceMs: null })
  })

  it('asks to take over on the first try only', async () => {
    const fixture = setUp({ takeover: true })
    const socket = await enter(fixture)
    expect(socket.path).toContain('takeover=true')
    socket.close(4503)
    await until(() => fixture.connection.state.kind === 'waiting')
    fixture.timers.runAll()
    expect((await fixture.server.nextSocket()).path).not.toContain('takeover')
  })
})

describe('coming back', () => {
  it.each([4400, 4401, 4403, 4404, 4408, 4409, 4410, 4413, 4429])('stays away after %i', async (code) => {
    const fixture = setUp()
    const socket = await enter(fixture)
    socket.close(code, JSON.stringify({ type: '/problems/already-in-room' }))
    await until(() => fixture.connection.state.kind === 'ended')
    expect(fixture.connection.state).toEqual({ kind: 'ended', code, reason: '/problems/already-in-room' })
    expect(fixture.timers.count).toBe(0)
  })

  it.each([4500, 4503, 4504, 4508, 1001, 1012])(
    'returns by itself after %i, with the last seq',
    async (code) => {
      const fixture = setUp()
      const socket = await enter(fixture, 41)
      socket.event(42)
      await until(() => fixture.events.length === 1)
      socket.close(code)
      await until(() => fixture.connection.state.kind === 'waiting')
      fixture.timers.runAll()
      expect((await fixture.server.nextSocket()).path).toBe('/ws?token=channel-token&since=42')
    },
  )

  it('waits as long as the server asked, and at most a quarter more', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    socket.close(4503, JSON.stringify({ type: '/problems/unavailable', retryAfterMs: 2_000 }))
    await until(() => fixture.connection.state.kind === 'waiting')
    const { state } = fixture.connection
    expect(state.kind === 'waiting' && state.retryInMs).toBeWithin(2_000, 2_501)
  })

  it('takes the wait from a draining frame when the close does not repeat it', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    socket.send({ type: 'draining', reconnectInMs: 4_000 })
    socket.close(4503)
    await until(() => fixture.connection.state.kind === 'waiting')
    const { state } = fixture.connection
    expect(state.kind === 'waiting' && state.retryInMs).toBeWithin(4_000, 5_001)
  })

  it('says since when the room is lost, and forgets it when it is back', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    fixture.timers.advance(60_000)
    socket.close(4500)
    await until(() => fixture.connection.state.kind === 'waiting')
    expect(fixture.connection.state).toMatchObject({ sinceMs: fixture.timers.now() })
    fixture.timers.runAll()
    expect(fixture.connection.state).toMatchObject({ kind: 'connecting', sinceMs: fixture.timers.now() })
    ;(await fixture.server.nextSocket()).welcome({ seq: 0, resumed: true })
    await until(() => fixture.connection.state.kind === 'live')
  })

  it('comes back at once when the page wakes, and says so at once when the network is gone', async () => {
    const fixture = setUp()
    await enter(fixture)
    fixture.connection.networkLost()
    expect(fixture.connection.state.kind).toBe('waiting')
    fixture.connection.wake()
    expect(fixture.connection.state.kind).toBe('connecting')
    await fixture.server.nextSocket()
  })

  it('does not trust a socket that was silent while the page slept', async () => {
    const fixture = setUp()
    await enter(fixture)
    fixture.connection.wake()
    expect(fixture.connection.state.kind).toBe('live')
    fixture.timers.advance(31_000)
    fixture.connection.wake()
    expect(fixture.connection.state.kind).toBe('connecting')
  })

  it('does not listen to the late words of a socket that was replaced', async () => {
    const fixture = setUp()
    const old = await enter(fixture)
    fixture.connection.networkLost()
    fixture.connection.wake()
    const current = await fixture.server.nextSocket()
    current.welcome({ seq: 0, resumed: true })
    await until(() => fixture.connection.state.kind === 'live')
    old.close(4409)
    current.event(1)
    await until(() => fixture.events.length === 1)
    expect(fixture.connection.state.kind).toBe('live')
  })

  it('never comes back after leaving', async () => {
    const fixture = setUp()
    await enter(fixture)
    fixture.connection.leave()
    fixture.connection.wake()
    expect(fixture.connection.state).toEqual({ kind: 'ended', code: 1000, reason: 'left' })
    expect(fixture.timers.count).toBe(0)
  })
})

describe('events', () => {
  it('hands over each seq once, in order', async () => {
    const fixture = setUp()
    const socket = await enter(fixture, 5)
    for (const seq of [4, 5, 6, 6, 7]) socket.event(seq)
    await until(() => fixture.events.length === 2)
    expect(fixture.events.map(({ seq }) => seq)).toEqual([6, 7])
  })

  it('resumes when events are missing, and asks for everything when resuming left a gap too', async () => {
    const fixture = setUp()
    const socket = await enter(fixture, 5)
    socket.event(6)
    socket.event(9)
    const second = await fixture.server.nextSocket()
    expect(second.path).toEndWith('since=6')
    second.welcome({ seq: 9, resumed: true })
    second.event(9)
    const third = await fixture.server.nextSocket()
    expect(third.path).not.toContain('since')
    expect(fixture.events.map(({ seq }) => seq)).toEqual([6])
  })

  it('ignores what it does not know', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    for (const text of ['', '[]', 'null', '{"type":"later"}', '{"type":"event","seq":"1"}'])
      socket.sendText(text)
    socket.event(1)
    await until(() => fixture.events.length === 1)
    expect(fixture.connection.state.kind).toBe('live')
  })
})

describe('commands', () => {
  it('are acknowledged by their own event, not by another player with the same id', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    const answer = fixture.connection.send('dice.roll', { expression: '1d20' })
    const command = await socket.nextCommand()
    expect(command).toMatchObject({ type: 'command', name: 'dice.roll', payload: { expression: '1d20' } })
    socket.event(1, { ref: command.id, by: 'uuid-other', name: 'theirs' })
    socket.event(2, { ref: command.id, by: me, name: 'mine' })
    expect((await answer).name).toBe('mine')
  })

  it('do not go twice when another role brings a new view meanwhile', async () => {
    const welcomes: number[] = []
    const fixture = setUp({ onWelcome: ({ seq }) => welcomes.push(seq) })
    const socket = await enter(fixture)
    const answer = fixture.connection.send('table.hand-over', {})
    const { id } = await socket.nextCommand()
    // The view holds the event already, which comes all the same: it is the answer.
    socket.welcome({ seq: 1 })
    socket.event(1, { ref: id, by: me })
    expect((await answer).seq).toBe(1)
    void fixture.connection.send('next', {}).catch(() => {})
    expect((await socket.nextCommand())['name']).toBe('next')
    expect({ welcomes, events: fixture.events }).toEqual({ welcomes: [0, 1], events: [] })
  })

  it('reject with the problem of the room', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    const answer = fixture.connection.send('dice.roll', {})
    const { id } = await socket.nextCommand()
    const problem = { type: '/problems/dice-refused', title: 'No', status: 400, detail: 'Too many dice' }
    socket.send({ type: 'reject', id, problem })
    const error = await answer.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(CommandRefused)
    expect(error).toMatchObject({ problem })
  })

  it('go again with the same id after a resume, but only when the missed events held no answer', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    const heard = fixture.connection.send('roll', 1)
    const unheard = fixture.connection.send('roll', 2)
    const [first, second] = [await socket.nextCommand(), await socket.nextCommand()]
    socket.close(4503)
    await until(() => fixture.connection.state.kind === 'waiting')
    const offline = fixture.connection.send('roll', 3)
    fixture.timers.runAll()
    const back = await fixture.server.nextSocket()
    back.welcome({ seq: 1, resumed: true })
    back.event(1, { ref: first.id, by: me })
    expect((await heard).seq).toBe(1)
    expect((await back.nextCommand()).id).toBe(second.id)
    const third = await back.nextCommand()
    back.event(2, { ref: second.id, by: me })
    back.event(3, { ref: third.id, by: me })
    expect([(await unheard).seq, (await offline).seq]).toEqual([2, 3])
  })

  it('accept an answer that was seen before', async () => {
    const fixture = setUp()
    const socket = await enter(fixture, 7)
    const answer = fixture.connection.send('roll', 1)
    socket.event(7, { ref: (await socket.nextCommand()).id, by: me })
    expect((await answer).seq).toBe(7)
    expect(fixture.events).toEqual([])
  })

  it('that get no answer in time make the connection doubt its socket', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    const answer = fixture.connection.send('roll', 1)
    const { id } = await socket.nextCommand()
    fixture.timers.runAll()
    const back = await fixture.server.nextSocket()
    back.welcome({ seq: 0, resumed: true })
    expect((await back.nextCommand()).id).toBe(id)
    back.event(1, { ref: id, by: me })
    await answer
  })

  it('are given up when the connection ends', async () => {
    const fixture = setUp()
    const socket = await enter(fixture)
    const answer = fixture.connection.send('roll', 1)
    await socket.nextCommand()
    socket.close(4403)
    expect(await answer.catch((reason: unknown) => reason)).toBeInstanceOf(CommandLost)
    expect(await fixture.connection.send('roll', 2).catch((reason: unknown) => reason)).toBeInstanceOf(
      CommandLost,
    )
  })

  it('wait in a queue of 64 and no more', async () => {
    const fixture = setUp()
    const answers = Array.from({ length: 65 }, () =>
      fixture.connection.send('roll', 1).catch((reason: unknown) => reason),
    )
    expect(await answers[64]).toBeInstanceOf(CommandLost)
    fixture.connection.leave()
    await Promise.all(answers)
  })
})

describe('tickets', () => {
  it('are renewed on the open socket when they expire', async () => {
    const renewed: unknown[] = []
    const fixture = setUp({
      onExpiring: () => fixture.connection.renew('new-ticket'),
      onRenewed: (frame) => renewed.push(frame.expiresIn),
    })
    const socket = await enter(fixture)
    socket.send({ type: 'expiring', inSeconds: 120 })
    expect(await socket.nextFrame()).toEqual({ type: 'renew', ticket: 'new-ticket' })
    socket.send({ type: 'renewed', expiresIn: 1_800 })
    await until(() => renewed.length === 1)
    expect(renewed).toEqual([1_800])
  })
})
