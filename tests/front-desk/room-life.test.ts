import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import { createMemoryJournal } from '@innkeeper/rooms/journal/memory-journal'
import type { Journal } from '@innkeeper/rooms/journal/journal'
import { createMemoryPresence } from '@innkeeper/rooms/presence/memory-presence'
import { problemOf } from '@innkeeper/rooms/testing/problem-of'
import { until } from '../support/until'
import { joinAsGuest, startRoomNode, tellingRoom, type RoomNode } from './room-node'

describe('the options of a room', () => {
  /** Takes a theme out of whatever it is sent, and refuses one that is no text. */
  const themed = tellingRoom({
    name: 'themed',
    parseOptions(input) {
      const { theme = 'inn', repeat = 1 } = input as { theme?: unknown; repeat?: number }
      return typeof theme === 'string'
        ? { options: { theme: theme.repeat(repeat) } }
        : { refused: 'validation-failed', detail: 'theme: expected a text' }
    },
  })
  let node: RoomNode
  beforeAll(() => {
    node = startRoomNode({ types: [themed] })
  })
  afterAll(() => node.stop())

  const keptFor = async (options: unknown): Promise<unknown> =>
    (await node.rooms.find((await node.create(themed, { options })).record.id))?.record.options
  const withoutTheme = JSON.stringify({ theme: '' }).length

  it('are kept as the type made them, whatever else was sent', async () => {
    expect(await keptFor({ theme: 'crypt', more: 'x'.repeat(60_000), nested: [{}] })).toEqual({
      theme: 'crypt',
    })
    expect(await keptFor({})).toEqual({ theme: 'inn' })
    expect(await problemOf(node.create(themed, { options: { theme: 7 } }))).toBe('validation-failed')
  })

  it('are so large at most, as they were made: at the limit, and one past it', async () => {
    const most = limits.roomOptionsChars - withoutTheme
    expect(await keptFor({ theme: 'x'.repeat(most) })).toEqual({ theme: 'x'.repeat(most) })
    expect(await problemOf(node.create(themed, { options: { theme: 'x'.repeat(most + 1) } }))).toBe(
      'too-large',
    )
    expect(await problemOf(node.create(themed, { options: { theme: 'x', repeat: most + 1 } }))).toBe(
      'too-large',
    )
  })

  it('that are refused make no room, over HTTP as well', async () => {
    const open = (options: object) =>
      node.call('POST', '/rooms', { token: 'mira', body: { type: 'themed', name: 'A room', options } })
    expect((await open({ theme: 'crypt' })).status).toBe(201)
    expect(await open({ theme: 'x', repeat: limits.roomOptionsChars })).toMatchObject({
      status: 413,
      json: { type: '/problems/too-large' },
    })
    expect((await open({ theme: 7 })).status).toBe(400)
    const listed: { rooms: { owner: string }[] } = (await node.call('GET', '/rooms?type=themed')).json
    expect(listed.rooms.filter(({ owner }) => owner === 'mira')).toHaveLength(1)
  })
})

describe('a payload', () => {
  const type = tellingRoom()
  let node: RoomNode
  beforeAll(() => {
    node = startRoomNode({ types: [type] })
  })
  afterAll(() => node.stop())

  it.each([
    ['x', 1],
    ['ж', 2],
    ['🎲', 4],
  ])(
    'of %j has so many bytes of JSON at most, by socket and without one: at the limit, and one past it',
    async (letter, bytes) => {
      const { record } = await node.create(type)
      const { socket } = await joinAsGuest(node, record.id)
      const room = type.maxPayloadBytes - 2
      const most = letter.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes)
      const by = { uuid: 'rest', role: 'player' }
      const execute = (id: string, payload: string) =>
        node.rooms.execute(record.id, by, { id, name: 'tell', payload })
      socket.command('most', most)
      expect((await socket.next('event')).payload).toBe(most)
      expect(await execute('rest', most)).toMatchObject([{ payload: most }])
      socket.command('more', `${most}x`)
      expect((await socket.next('reject')).problem).toMatchObject({
        type: '/problems/too-large',
        status: 413,
      })
      expect(await problemOf(execute('more', `${most}x`))).toBe('too-large')
      expect((await node.rooms.view(record.id, by)).seq).toBe(2)
      await socket.close()
    },
  )
})

describe('a presence that cannot be given back', () => {
  it('is a line in the log, whatever the reason, and the node goes on', async () => {
    const presence = createMemoryPresence({ clock: Date.now, ttlMs: 45_000 })
    const unheardOf = new Error('ERR something that no list of outages knows')
    const type = tellingRoom()
    const node = startRoomNode({
      types: [type],
      ports: { presence: { ...presence, release: () => Promise.reject(unheardOf) } },
    })
    const { record } = await node.create(type)
    const [one, other] = [await joinAsGuest(node, record.id), await joinAsGuest(node, record.id)]
    await one.socket.close()
    await other.socket.next('presence', ({ status }) => status === 'left')
    await until(() => node.log.lines.some((line) => line.includes('lapses by itself')))
    other.socket.command('c', 'on')
    await other.socket.next('event')
    await node.stop()
    expect(await other.socket.closeCode()).toBe(4503)
  })
})

describe('a room that ends', () => {
  const type = tellingRoom()

  /** A journal whose next opening waits until it is let go. */
  function slowJournal(): { journal: Journal; opening: Promise<undefined>; letGo: () => void } {
    const inner = createMemoryJournal()
    const [opening, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const journal: Journal = {
      ...inner,
      async open(id, tail) {
        opening.resolve(undefined)
        await gate.promise
        return await inner.open(id, tail)
      },
    }
    return { journal, opening: opening.promise, letGo: () => gate.resolve(undefined) }
  }

  it('while it opens does not stay, and nobody gets into it', async () => {
    const { journal, opening, letGo } = slowJournal()
    const node = startRoomNode({ types: [type], ports: { journal } })
    const creating = problemOf(node.create(type))
    await opening
    const { rooms } = (await node.call('GET', '/rooms')).json
    const id: string = rooms[0].roomId
    const { ticket } = await node.guest(id)
    const socket = await node.enter(id, ticket)
    const closing = node.call('DELETE', `/rooms/${id}`, { token: 'the-owner' })
    // Waits for the opening, which must not be the end of it.
    await until(async () => (await node.call('GET', `/rooms/${id}`)).status === 404)
    letGo()
    expect((await closing).status).toBe(204)
    await creating
    // It met a room that was ending, or none at all.
    expect([4404, 4503]).toContain(await socket.closeCode())
    expect([...node.opened.host.rooms]).toEqual([])
    expect(await (await node.enter(id, ticket)).closeCode()).toBe(4404)
    await node.stop()
  })

  it('is not opened any more by a node that has gone away', async () => {
    const journal = createMemoryJournal()
    const opened: string[] = []
    const open: Journal['open'] = (id, tail) => {
      opened.push(id)
      return journal.open(id, tail)
    }
    const node = startRoomNode({ types: [type], ports: { journal: { ...journal, open } } })
    const { id } = (await node.create(type)).record
    await node.opened.host.retire()
    expect(await problemOf(() => node.opened.host.find(id))).toBe('unavailable')
    expect([...node.opened.host.rooms]).toEqual([])
    // A second opening would fence off the node that has the room by now.
    expect(opened).toEqual([id])
    await node.stop()
  })

  it('while it opens on a node that goes away, is not held by it afterwards', async () => {
    const { journal, opening, letGo } = slowJournal()
    const node = startRoomNode({ types: [type], ports: { journal } })
    const creating = problemOf(node.create(type))
    await opening
    const retiring = node.opened.host.retire()
    letGo()
    await retiring
    expect(await creating).toBe('unavailable')
    expect([...node.opened.host.rooms]).toEqual([])
    await node.stop()
  })

  it('with its node sends everyone away with 4503, those too who come while it goes', async () => {
    const [writing, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const inner = createMemoryJournal()
    const append: Journal['append'] = async (...event) => {
      writing.resolve(undefined)
      await gate.promise
      await inner.append(...event)
    }
    const node = startRoomNode({ types: [type], ports: { journal: { ...inner, append } } })
    const { record } = await node.create(type)
    const [inside, late] = [await joinAsGuest(node, record.id), await node.guest(record.id)]
    // The drain waits for this to be written.
    inside.socket.command('slow', 'last words')
    await writing.promise
    const stopping = node.opened.drain()
    await inside.socket.next('draining')
    const refused = await node.enter(record.id, late.ticket)
    expect(await refused.ended()).toMatchObject({ code: 4503, reason: { type: 'draining' } })
    gate.resolve(undefined)
    const { code, reason } = await inside.socket.ended()
    expect(code).toBe(4503)
    expect(reason.retryAfterMs).toBeGreaterThan(0)
    await stopping
    // Not acknowledged, but decided: it is there for whoever opens the room next.
    const { events } = await inner.open(record.id, 10)
    expect(events).toMatchObject([{ ref: 'slow', payload: 'last words' }])
    expect((await (await node.enter(record.id, late.ticket)).ended()).code).toBe(4503)
    await node.stop()
  })
})
