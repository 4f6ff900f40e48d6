import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import type { RoomId } from '@innkeeper/protocol/ids'
import { createMemoryJournal } from '@innkeeper/rooms/journal/memory-journal'
import type { RoomType } from '@innkeeper/rooms/room-type'
import { lendingRoom } from '@innkeeper/rooms/testing/lending-room'
import type { RawSocket } from '../support/raw-socket'
import { startRoomNode, type RoomNode } from './room-node'

const type = lendingRoom as unknown as RoomType

describe('a role that changes while its holder is inside', () => {
  const journal = createMemoryJournal()
  let node: RoomNode
  let roomId: RoomId
  beforeAll(async () => {
    node = startRoomNode({ types: [type], ports: { journal } })
    roomId = (await node.create(type)).record.id
    await node.rooms.admit(roomId, { uuid: 'barliman', nick: 'Barliman', role: 'keeper' })
  })
  afterAll(() => node.stop())

  const join = async (uuid: string, query = '') =>
    await node.join(roomId, await node.ticket(roomId, { token: uuid }), { query })
  const framesSince = (socket: RawSocket, count: number) => socket.received.slice(count)
  const upTo = (socket: RawSocket, name: string) => socket.next('event', (event) => event.name === name)

  it('moves their socket to the new view and back, in order, and keeps the old one from it', async () => {
    const [keeper, guest] = [await join('barliman'), await join('frodo')]
    const inside = guest.received.length
    // All in one turn of the server, so that topics and direct words are under way together.
    keeper.command('n1', 'before', 'note')
    keeper.command('lend', { to: 'frodo', forMs: 300 }, 'lend')
    keeper.command('n2', 'meanwhile', 'note')
    await upTo(guest, 'noted')
    await upTo(guest, 'returned')
    keeper.command('n3', 'after', 'note')
    await upTo(guest, 'hidden')
    const seen = framesSince(guest, inside).map((frame) => {
      if (frame.type === 'welcome') return `welcome ${frame.seq} as ${frame.you.role}`
      return frame.type === 'event' ? `${frame.name} ${frame.seq}` : frame.type
    })
    expect(seen).toEqual([
      'hidden 3',
      'welcome 4 as keeper',
      'lent 4',
      'noted 5',
      'welcome 6 as guest',
      'returned 6',
      'hidden 7',
    ])
    expect(keeper.received.filter(({ type }) => type === 'welcome')).toHaveLength(1)
    await Promise.all([keeper.close(), guest.close()])
  })

  it('counts over HTTP too, and for what was missed, and after the room was opened anew', async () => {
    const keeper = await join('barliman')
    const sam = await join('sam')
    const { seq } = await node.rooms.view(roomId, { uuid: 'sam', role: 'guest' })
    sam.drop()
    keeper.command('lend again', { to: 'sam', forMs: 60_000 }, 'lend')
    await upTo(keeper, 'lent')
    await keeper.close()
    await node.opened.host.release(roomId, 'moved')
    const asGuest = { uuid: 'sam', role: 'guest' }
    const noted = node.rooms.execute(roomId, asGuest, { id: 'n4', name: 'note', payload: 'by sam' })
    expect(await noted).toMatchObject([{ name: 'noted' }])
    expect(await node.rooms.view(roomId, asGuest)).toMatchObject({ role: 'keeper' })
    const { events } = await node.rooms.history(roomId, asGuest, { limit: 10, names: ['noted'] })
    expect(events.map(({ payload }) => payload)).toEqual(['by sam', 'after', 'meanwhile', 'before'])
    const back = await join('sam', `?since=${seq}`)
    expect(back.received[0]).toMatchObject({ type: 'welcome', resumed: false, you: { role: 'keeper' } })
    const frodo = await node.rooms.history(roomId, { uuid: 'frodo', role: 'keeper' }, { limit: 10 })
    expect(frodo.events.filter(({ name }) => name === 'noted')).toEqual([])
    await back.close()
  })
})
