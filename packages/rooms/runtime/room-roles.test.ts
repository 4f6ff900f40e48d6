import type { ServerFrame } from '@innkeeper/protocol/frames'
import { silentLog, type Log } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import type { Recorded, RoomEvent, RoomType } from '../room-type'
import { lendingRoom } from '../testing/lending-room'
import { problemOf } from '../testing/problem-of'
import { newConnectionId, testRecord } from '../testing/test-ids'
import { Room } from './room'
import type { RoomConnection, RoomStore } from './room-options'

const type = lendingRoom as unknown as RoomType
const barliman = { uuid: 'barliman', nick: 'Barliman', role: 'keeper' }
const frodo = { uuid: 'frodo', nick: 'Frodo' }
const sam = { uuid: 'sam', nick: 'Sam' }

/** A client that folds what it is sent, as the SDK does: each `seq` once, and nothing that a welcome held already. */
class Listener {
  readonly frames: ServerFrame[] = []
  #state: unknown = null
  seq: number | undefined

  take(text: string): void {
    const frame = JSON.parse(text) as ServerFrame
    this.frames.push(frame)
    if (frame.type === 'welcome' && !frame.resumed) [this.#state, this.seq] = [frame.state, frame.seq]
    if (frame.type !== 'event' || this.seq === undefined || frame.seq <= this.seq) return
    expect(frame.seq).toBe(this.seq + 1)
    this.seq = frame.seq
    if (frame.name !== 'hidden') this.#state = type.evolve(this.#state, frame as Recorded<RoomEvent>)
  }

  get state(): unknown {
    return JSON.parse(JSON.stringify(this.#state))
  }
}

/** One room, with sockets that hear what they subscribed to. */
function openLending(
  options: { readonly store?: RoomStore; readonly log?: Log; readonly as?: RoomType } = {},
) {
  const topics = new Map<string, Set<Listener>>()
  const time = { now: 1_000 }
  const broken: unknown[] = []
  const room = new Room({
    record: testRecord(),
    type: options.as ?? type,
    start: { seq: 0, state: type.open(null, { now: 0, random }) },
    past: [],
    store: options.store ?? { append: () => Promise.resolve(), reached: () => {} },
    clock: () => time.now,
    random,
    log: options.log ?? silentLog,
    publish: (topic, text) => topics.get(topic)?.forEach((listener) => listener.take(text)),
    onBroken: (error) => void broken.push(error),
  })
  const connect = (listener: Listener): RoomConnection => ({
    connectionId: newConnectionId(),
    presentSince: 1,
    send: (text) => listener.take(text),
    subscribe: (names) =>
      names.forEach((name) => topics.set(name, (topics.get(name) ?? new Set()).add(listener))),
    unsubscribe: (names) => names.forEach((name) => topics.get(name)?.delete(listener)),
  })
  const enter = async (player: typeof frodo, listener = new Listener()) => {
    const connection = connect(listener)
    await room.enter(player, connection, listener.seq)
    const drop = () => {
      for (const listeners of topics.values()) listeners.delete(listener)
      room.leave(player.uuid, connection.connectionId, 'away')
    }
    return { listener, drop }
  }
  const command = (uuid: string, name: string, payload: unknown) => {
    room.command(uuid, { id: crypto.randomUUID(), name, payload }, { at: time.now, chars: 100 })
  }
  return { room, time, enter, command, broken }
}

/** Keeps nothing until it is told to. */
function slowDisk(): { readonly store: RoomStore; readonly commit: () => void } {
  const waiting: (() => void)[] = []
  const append = () => new Promise<void>((resolve) => waiting.push(resolve))
  return {
    store: { append, reached: () => {} },
    commit: () => {
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}

const random = { bytes: (count: number) => new Uint8Array(count), uuid: () => '', below: () => 0 }
const lend = (to: string, forMs = 60_000) => ['lend', { to, forMs }] as const

describe('a player whose role changes', () => {
  async function threeInside() {
    const inn = openLending()
    const keeper = await inn.enter(barliman)
    const guest = await inn.enter(frodo)
    const other = await inn.enter(sam)
    inn.command('barliman', 'note', 'a secret')
    await inn.room.settle()
    for (const { listener } of [keeper, guest, other]) listener.frames.length = 0
    return {
      ...inn,
      keeper: keeper.listener,
      guest: guest.listener,
      other: other.listener,
      dropOther: other.drop,
    }
  }

  it('is welcomed anew before the event that changed it; for the others it is an event like any other', async () => {
    const { room, command, keeper, guest, other } = await threeInside()
    command('barliman', ...lend('frodo'))
    await room.settle()
    const [welcome, event, ...more] = guest.frames
    expect(welcome).toMatchObject({ type: 'welcome', resumed: false, seq: 5, you: { role: 'keeper' } })
    expect(welcome).toMatchObject({ state: { notes: ['a secret'] }, players: { length: 3 } })
    expect(event).toMatchObject({ type: 'event', seq: 5, name: 'lent' })
    expect(more).toEqual([])
    const { players } = room.view({ uuid: 'sam', role: 'guest' })
    expect(players.find(({ uuid }) => uuid === 'frodo')).toMatchObject({ role: 'keeper' })
    for (const { frames } of [keeper, other]) expect(frames).toMatchObject([{ type: 'event', name: 'lent' }])
  })

  it('hears from then on what the new role hears, and no more when it ends by itself', async () => {
    const { room, time, command, guest } = await threeInside()
    command('barliman', ...lend('frodo', 5_000))
    command('barliman', 'note', 'for both')
    await room.settle()
    time.now += 4_999
    room.tick()
    await room.settle()
    expect(guest.state).toMatchObject({ notes: ['a secret', 'for both'] })
    time.now += 1
    room.tick()
    room.tick()
    command('barliman', 'note', 'for one')
    await room.settle()
    expect(guest.frames.slice(-3)).toMatchObject([
      { type: 'welcome', seq: 7, you: { role: 'guest' }, state: { notes: [] } },
      { type: 'event', seq: 7, name: 'returned', by: 'innkeeper' },
      { type: 'event', seq: 8, name: 'hidden' },
    ])
  })

  it('acts in the role that was decided last, whatever their seat says and before it is shown', async () => {
    const { room, command, guest } = await threeInside()
    command('barliman', ...lend('frodo'))
    command('frodo', 'note', 'mine')
    const late = room.execute({ uuid: 'frodo', role: 'guest' }, { id: 'c', name: 'note', payload: 'late' })
    expect(await late).toMatchObject([{ name: 'noted', payload: 'late' }])
    expect(guest.state).toMatchObject({ notes: ['a secret', 'mine', 'late'] })
    const pretender = room.execute({ uuid: 'sam', role: 'keeper' }, { id: 'c', name: 'note', payload: 'x' })
    expect(await problemOf(pretender)).toBe('not-allowed')
    expect(room.view({ uuid: 'sam', role: 'keeper' })).toMatchObject({ role: 'guest', state: { notes: [] } })
    expect(room.horizonOf({ uuid: 'frodo', role: 'guest' })).toMatchObject({
      seq: 7,
      viewer: { role: 'keeper' },
    })
  })

  it('is not asked about where the server acts for them in a role of its own', async () => {
    const { room } = await threeInside()
    const house = { uuid: 'sam', role: 'house' }
    expect(room.horizonOf(house)).toMatchObject({ viewer: house })
    expect(room.view(house).role).toBe('house')
  })

  it('while they are away comes back to a new view, and not to events of the old one', async () => {
    const { room, enter, command, other, dropOther } = await threeInside()
    dropOther()
    command('barliman', ...lend('sam'))
    await room.settle()
    const back = await enter(sam, other)
    expect(other.frames).toMatchObject([{ type: 'welcome', resumed: false, state: { notes: ['a secret'] } }])
    back.drop()
    command('barliman', 'note', 'missed')
    await room.settle()
    await enter(sam, other)
    expect(other.frames.slice(1)).toMatchObject([
      { type: 'welcome', resumed: true },
      { type: 'event', name: 'noted', payload: 'missed' },
    ])
  })
})

describe('whatever happens to roles', () => {
  const who = fc.constantFrom(barliman, frodo, sam)
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('come or go' as const), who }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('note' as const), who, text: fc.string() }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('lend' as const), who, to: who, forMs: fc.nat(30_000) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3_000) }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'settle' as const }) },
  )

  it('everyone who folds what they were sent holds what they would be welcomed with', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 80, size: 'max' }), async (steps) => {
        const { store, commit } = slowDisk()
        const { room, time, enter, command } = openLending({ store })
        const settle = async () => {
          commit()
          await room.settle()
        }
        const listeners = new Map([barliman, frodo, sam].map(({ uuid }) => [uuid, new Listener()]))
        const drops = new Map<string, () => void>()
        const check = () => {
          for (const uuid of drops.keys()) {
            const { state, seq } = room.view({ uuid, role: 'guest' })
            const listener = listeners.get(uuid)
            expect({ uuid, seq: listener?.seq, state: listener?.state }).toEqual({ uuid, seq, state })
          }
        }
        await Promise.all([room.admit(barliman), settle()])
        for (const each of steps) {
          switch (each.kind) {
            case 'come or go': {
              const { uuid } = each.who
              const drop = drops.get(uuid)
              drop?.()
              drops.delete(uuid)
              if (drop) break
              const entering = enter(each.who, listeners.get(uuid))
              await settle()
              drops.set(uuid, (await entering).drop)
              break
            }
            case 'note':
              command(each.who.uuid, 'note', each.text)
              break
            case 'lend':
              command(each.who.uuid, ...lend(each.to.uuid, each.forMs))
              break
            case 'wait':
              time.now += each.ms
              room.tick()
              break
            case 'settle':
              await settle()
              check()
          }
        }
        await settle()
        check()
      }),
      { numRuns: 100 },
    )
  })
})

describe('what ends by itself', () => {
  it('is not asked for once a write has failed, or the room has ended', async () => {
    let asked = 0
    const as = { ...type, elapse: () => ((asked += 1), []) }
    const failing = { append: () => Promise.reject(new Error('disk full')), reached: () => {} }
    const { room, broken } = openLending({ as, store: failing })
    room.tick()
    expect(asked).toBe(1)
    expect(await problemOf(() => room.admit(barliman))).toBe('unavailable')
    expect(broken).toHaveLength(1)
    room.tick()
    const ended = openLending({ as })
    ended.room.end()
    ended.room.tick()
    expect(asked).toBe(1)
  })

  it('is a line in the log when the rule throws, and the room goes on', async () => {
    const lines: string[] = []
    const as = {
      ...type,
      elapse: () => {
        throw new Error('a broken rule')
      },
    }
    const { room, enter, broken } = openLending({
      as,
      log: { ...silentLog, error: (_, line) => void lines.push(line) },
    })
    room.tick()
    expect(lines).toEqual(['A rule broke its promise'])
    await enter(barliman)
    expect(broken).toEqual([])
  })
})
