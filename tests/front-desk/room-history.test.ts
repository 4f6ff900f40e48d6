import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { createMemoryNetwork } from '@innkeeper/rooms/bus/memory-bus'
import { createMemoryDirectory } from '@innkeeper/rooms/directory/memory-directory'
import type { Journal } from '@innkeeper/rooms/journal/journal'
import { createMemoryJournal } from '@innkeeper/rooms/journal/memory-journal'
import { createMemoryLeases } from '@innkeeper/rooms/leases/memory-leases'
import { newNodeId, newRoomId } from '@innkeeper/rooms/testing/test-ids'
import { problemOf } from '@innkeeper/rooms/testing/problem-of'
import { relayRoom } from '@innkeeper/rooms/relay/relay-room'
import type { RoomType } from '@innkeeper/rooms/room-type'
import { startRoomNode, tellingRoom, type RoomNode } from './room-node'

const type = tellingRoom()
const by = { uuid: 'frodo', role: 'player' }

/** A journal that has written an event and does not say so until it is let go. */
function lateJournal() {
  const inner = createMemoryJournal()
  const [written, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  const late = { isOn: false }
  const journal: Journal = {
    ...inner,
    async append(...events) {
      await inner.append(...events)
      written.resolve(undefined)
      if (late.isOn) await gate.promise
    },
  }
  return { journal, late, written: written.promise, letGo: () => gate.resolve(undefined) }
}

describe('the history of a room', () => {
  const { journal, late, written, letGo } = lateJournal()
  let [holder, other]: (RoomNode | undefined)[] = []
  beforeAll(() => {
    const [network, directory] = [createMemoryNetwork(), createMemoryDirectory(Date.now)]
    const holderId = newNodeId()
    const nodeOf = (nodeId: typeof holderId) => {
      // Whoever is asked, the first node holds the room.
      const leases = {
        ...createMemoryLeases({ nodeId: holderId, url: 'http://holder.example' }),
        me: { nodeId, url: 'http://node.example' },
      }
      const types = [type, relayRoom as unknown as RoomType]
      return startRoomNode({ types, ports: { directory, journal, leases, bus: network.join(nodeId) } })
    }
    holder = nodeOf(holderId)
    other = nodeOf(newNodeId())
  })
  afterAll(() => Promise.all([holder?.stop(), other?.stop()]))

  it('is the same on every node, and has nothing that was not published yet', async () => {
    if (!holder || !other) throw new Error('Two nodes')
    const { id } = (await holder.create(type)).record
    const tell = (node: RoomNode, what: string) =>
      node.rooms.execute(id, by, { id: what, name: 'tell', payload: what })
    for (const what of ['one', 'two', 'three']) await tell(other, what)
    const page = { events: [{ payload: 'three' }, { payload: 'two' }], before: 2 }
    for (const node of [holder, other]) {
      expect(await node.rooms.history(id, by, { limit: 2 })).toMatchObject(page)
      const last = await node.rooms.history(id, by, { limit: 2, before: 2 })
      expect(last).toMatchObject({ events: [{ payload: 'one' }] })
      expect(last.before).toBeUndefined()
    }
    expect([...other.opened.host.rooms]).toEqual([])

    late.isOn = true
    const telling = tell(holder, 'four')
    await written
    for (const node of [holder, other])
      expect(await node.rooms.history(id, by, { limit: 2 })).toMatchObject(page)
    letGo()
    await telling
    expect((await other.rooms.history(id, by, { limit: 1 })).events).toMatchObject([{ payload: 'four' }])
  })

  it('is empty of a ring room, and not there without a room', async () => {
    if (!holder) throw new Error('No node')
    const { id } = (await holder.create(relayRoom)).record
    await holder.rooms.execute(id, by, { id: 'c', name: 'relay', payload: 1 })
    expect((await holder.rooms.history(id, by, { limit: 5 })).events).toEqual([])
    expect(await problemOf(holder.rooms.history(newRoomId(), by, { limit: 5 }))).toBe('room-not-found')
  })
})
