import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'bun:test'
import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent } from '@innkeeper/rooms/room-type'
import type { RawSocket } from '../support/raw-socket'
import { until } from '../support/until'
import { joinAsGuest, startRoomNode, tellingRoom, type RoomNode, type Told } from './room-node'

type Rule = 'parseCommand' | 'decide' | 'evolve' | 'viewEvent' | 'audienceOf' | 'view' | 'admit'

/** The rule that fails now. A command says so by its payload, or a test by hand. */
const failing = { rule: undefined as Rule | undefined }

function failIn(rule: Rule, payload?: unknown): void {
  if (failing.rule === rule || payload === rule) throw new Error(`${rule} broke on purpose`)
}

/** Every rule does as it is told, and breaks its promise where it is told to. */
function brittle(name: string, journal: Told['journal'], finestAudience: Told['finestAudience']) {
  return tellingRoom({
    name,
    journal,
    finestAudience,
    audienceOf(event: Recorded<RoomEvent>) {
      failIn('audienceOf', event.payload)
      return finestAudience
    },
    parseCommand(_name, command) {
      failIn('parseCommand', command)
      return { command }
    },
    decide(...[, , payload]) {
      failIn('decide', payload)
      return { events: [{ name: 'told', payload }] }
    },
    evolve(state, { payload }) {
      failIn('evolve', payload)
      return [...state, payload]
    },
    viewEvent(event) {
      failIn('viewEvent', event.payload)
      return event
    },
    view(state) {
      failIn('view')
      return state
    },
    admit() {
      failIn('admit')
      return { role: 'player', events: [] }
    },
  })
}

const types = [
  brittle('ring for all', 'ring', 'everyone'),
  brittle('ring for each', 'ring', 'player'),
  brittle('durable for all', 'durable', 'everyone'),
  brittle('durable for each', 'durable', 'player'),
]

describe.each(types.map((type) => [type.name, type] as const))(
  'a rule that throws in a room: %s',
  (_name, type) => {
    let node: RoomNode
    let roomId: RoomId
    let one: RawSocket
    let other: RawSocket
    beforeAll(() => {
      node = startRoomNode({ types: [type] })
    })
    afterAll(() => node.stop())
    beforeEach(async () => {
      failing.rule = undefined
      roomId = (await node.create(type)).record.id
      one = (await joinAsGuest(node, roomId)).socket
      other = (await joinAsGuest(node, roomId)).socket
    })

    async function expectGoesOn(): Promise<void> {
      const id = crypto.randomUUID()
      one.command(id, 'on')
      const seqs = await Promise.all(
        [one, other].map(async (socket) => (await socket.next('event', ({ ref }) => ref === id)).seq),
      )
      // Whoever folds the events sees no gap.
      for (const [index, socket] of [one, other].entries())
        expect(seqsOf(socket)).toEqual(Array.from({ length: seqs[index] ?? 0 }, (_, at) => at + 1))
    }

    const errorLines = () => node.log.lines.filter((line) => line.includes('"level":"error"'))

    it.each(['parseCommand', 'decide', 'evolve'] as const)(
      '%s: the command is rejected, once, and the room goes on',
      async (rule) => {
        await expectGoesOn()
        const logged = errorLines().length
        one.command('c', rule)
        const { id, problem } = await one.next('reject')
        expect({ id, ...problem }).toMatchObject({ id: 'c', type: '/problems/server-error', status: 500 })
        expect(JSON.stringify(problem)).not.toContain('on purpose')
        expect(errorLines().length).toBe(logged + 1)
        await expectGoesOn()
        await Promise.all([one.close(), other.close()])
      },
    )

    it.each(['viewEvent', 'audienceOf'] as const)(
      '%s, while it is shown: its sockets close with 4504, one line is logged, and the node lives',
      async (rule) => {
        await expectGoesOn()
        const logged = errorLines().length
        failing.rule = rule
        one.command('c', 'said')
        const ends = await Promise.all([one.ended(), other.ended()])
        failing.rule = undefined
        for (const end of ends) {
          expect(end).toMatchObject({ code: 4504, reason: { type: 'recovering' } })
          expect(end.reason.retryAfterMs).toBeGreaterThan(0)
        }
        expect(errorLines().length).toBe(logged + 1)
        // The room opens anew, and with the law: what players see follows on what they have seen, or they are told anew.
        one = (await joinAsGuest(node, roomId, '?since=1')).socket
        other = (await joinAsGuest(node, roomId, '?since=1')).socket
        const id = crypto.randomUUID()
        one.command(id, 'on')
        const seqs = await Promise.all(
          [one, other].map(async (it) => (await it.next('event', ({ ref }) => ref === id)).seq),
        )
        expect(seqs[0]).toBe(seqs[1])
        expect((await node.rooms.view(roomId, { uuid: 'x', role: 'player' })).seq).toBe(seqs[0] ?? 0)
        await Promise.all([one.close(), other.close()])
      },
    )

    it.each(['admit', 'view'] as const)(
      '%s, at the door: this socket alone is closed with 4500, and holds no place',
      async (rule) => {
        const { ticket, player } = await node.guest(roomId)
        failing.rule = rule
        const late = await node.enter(roomId, ticket)
        expect(await late.ended()).toMatchObject({ code: 4500, reason: { type: '/problems/server-error' } })
        failing.rule = undefined
        await expectGoesOn()
        const { players } = await node.rooms.view(roomId, { uuid: 'x', role: 'player' })
        expect(players.map(({ uuid }) => uuid)).not.toContain(player.uuid)
        await (await node.join(roomId, ticket)).close()
        await Promise.all([one.close(), other.close()])
      },
    )

    it.each([
      ['a resume', 'view', { type: 'resume', since: 1_000_000 }],
      ['a resume that replays', 'viewEvent', { type: 'resume', since: 0 }],
    ] as const)(
      '%s whose answer cannot be made closes that socket with 4500 at most, and the node lives',
      async (_what, rule, frame) => {
        await expectGoesOn()
        const late = (await joinAsGuest(node, roomId)).socket
        failing.rule = rule
        late.send(frame)
        await until(() => late.end !== undefined || late.received.length > 1)
        if (late.end) expect(late.end).toMatchObject({ code: 4500 })
        failing.rule = undefined
        await expectGoesOn()
        await Promise.all([one.close(), other.close()])
      },
    )
  },
)

it('a repeated command whose answer cannot be made closes its socket with 4500, and the room goes on', async () => {
  failing.rule = undefined
  const type = brittle('durable', 'durable', 'player')
  const node = startRoomNode({ types: [type] })
  const { record } = await node.create(type)
  const [one, other] = [await joinAsGuest(node, record.id), await joinAsGuest(node, record.id)]
  one.socket.command('again', 'said')
  await one.socket.next('event', ({ ref }) => ref === 'again')
  failing.rule = 'viewEvent'
  one.socket.command('again', 'said')
  expect(await one.socket.closeCode()).toBe(4500)
  failing.rule = undefined
  other.socket.command('more', 'said')
  await other.socket.next('event', ({ ref }) => ref === 'more')
  await node.stop()
})

function seqsOf(socket: RawSocket): readonly number[] {
  const from = socket.received.find((frame) => frame.type === 'welcome')?.seq ?? 0
  const seen = socket.received.flatMap((frame) => (frame.type === 'event' ? [frame.seq] : []))
  return [...Array.from({ length: from }, (_, at) => at + 1), ...seen]
}
