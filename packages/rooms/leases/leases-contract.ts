import { beforeEach, describe, expect, it } from 'bun:test'
import { until } from '../../../tests/support/until'
import { newNodeId, newRoomId } from '../testing/test-ids'
import type { Leases, NodeAddress } from './leases'

/** How long a node of a house lives without a heartbeat. */
export const houseNodeTtlMs = 400

/** What one node may rely on, however many there are. */
export function leasesContract(name: string, create: (me: NodeAddress) => Leases): void {
  describe(`leases on ${name}`, () => {
    it('gives a room to the node that asks, and again', async () => {
      const me = newNode()
      const [leases, roomId] = [create(me), newRoomId()]
      expect(leases.me).toEqual(me)
      expect(await leases.acquire(roomId)).toEqual(me)
      expect(await leases.acquire(roomId)).toEqual(me)
      expect(await leases.holder(roomId)).toEqual(me)
      expect(await leases.heartbeat([roomId])).toEqual([])
      await leases.release(roomId)
      await leases.release(roomId)
      expect(await leases.acquire(roomId)).toEqual(me)
      await leases.retire([roomId])
    })
  })
}

/** What holds where several nodes share the rooms. `create` joins one more node to the house of this name. */
export function sharedLeasesContract(name: string, create: (house: string, me: NodeAddress) => Leases): void {
  describe(`leases shared on ${name}`, () => {
    let a: Leases
    let b: Leases
    beforeEach(() => {
      const house = `${newNodeId()}:`
      a = create(house, newNode())
      b = create(house, newNode())
    })

    it('knows no holder of a room that nobody opened', async () => {
      expect(await a.holder(newRoomId())).toBeUndefined()
    })

    it('gives a room to one of the nodes that ask at once, and tells the others where it is', async () => {
      for (let round = 0; round < 10; round += 1) {
        const roomId = newRoomId()
        const holders = await Promise.all([a, b, a, b].map((node) => node.acquire(roomId)))
        const holder = await a.holder(roomId)
        expect(holder).toBeDefined()
        expect(holders.filter(({ nodeId }) => nodeId !== holder?.nodeId)).toEqual([])
      }
    })

    it('leaves a living node its rooms, from its first one on', async () => {
      const roomId = newRoomId()
      await a.acquire(roomId)
      expect(await b.acquire(roomId)).toEqual(a.me)
      const start = performance.now()
      while (performance.now() - start < 2 * houseNodeTtlMs) {
        expect(await a.heartbeat([roomId])).toEqual([])
        expect(await b.acquire(roomId)).toEqual(a.me)
        expect(await b.holder(roomId)).toEqual(a.me)
      }
    })

    it('frees all rooms of a dead node at once', async () => {
      const rooms = [newRoomId(), newRoomId(), newRoomId()]
      for (const roomId of rooms) await a.acquire(roomId)
      await b.heartbeat([])
      await until(async () => (await b.holder(rooms[0] ?? newRoomId())) === undefined)
      for (const roomId of rooms) {
        expect(await b.holder(roomId)).toBeUndefined()
        expect(await b.acquire(roomId)).toEqual(b.me)
      }
    })

    it('tells a node that was silent for too long which rooms it has lost, and keeps the others for it', async () => {
      const [kept, lost] = [newRoomId(), newRoomId()]
      for (const roomId of [kept, lost]) await a.acquire(roomId)
      await until(async () => {
        await b.heartbeat([])
        return (await b.acquire(lost)).nodeId === b.me.nodeId
      })
      expect(await a.heartbeat([kept, lost])).toEqual([lost])
      expect(await b.acquire(kept)).toEqual(a.me)
      expect(await a.acquire(lost)).toEqual(b.me)
      // It is told again for as long as it holds on to the room: a room may have been opening just then.
      expect(await a.heartbeat([kept, lost])).toEqual([lost])
    })

    it('gives a room to one node when its holder comes back while a rival finds it dead', async () => {
      for (let round = 0; round < 5; round += 1) {
        const roomId = newRoomId()
        await a.acquire(roomId)
        await until(async () => (await b.holder(roomId)) === undefined)
        const [lost, holder] = await Promise.all([a.heartbeat([roomId]), b.acquire(roomId)])
        expect(lost).toEqual(holder.nodeId === a.me.nodeId ? [] : [roomId])
        expect(await a.heartbeat([roomId])).toEqual(lost)
        expect(await b.heartbeat([roomId])).toEqual(holder.nodeId === b.me.nodeId ? [] : [roomId])
      }
    })

    it('is given back by its holder alone', async () => {
      const roomId = newRoomId()
      await a.acquire(roomId)
      await b.release(roomId)
      expect(await b.acquire(roomId)).toEqual(a.me)
      await a.release(roomId)
      expect(await b.acquire(roomId)).toEqual(b.me)
      expect(await a.heartbeat([])).toEqual([])
      expect(await a.acquire(roomId)).toEqual(b.me)
    })

    it('does not come back by a heartbeat that was under way when it was given back', async () => {
      for (let round = 0; round < 20; round += 1) {
        const roomId = newRoomId()
        await a.acquire(roomId)
        const beat = a.heartbeat([roomId])
        // Each round gives it back at another moment of the heartbeat, which asks Redis more than once.
        for (let answers = 0; answers < round % 4; answers += 1) await a.holder(newRoomId())
        await Promise.all([beat, a.release(roomId)])
        await a.heartbeat([])
        expect(await b.acquire(roomId)).toEqual(b.me)
      }
    })

    it('frees everything when a node retires', async () => {
      const rooms = [newRoomId(), newRoomId()]
      for (const roomId of rooms) await a.acquire(roomId)
      await a.retire(rooms)
      for (const roomId of rooms) {
        expect(await b.holder(roomId)).toBeUndefined()
        expect(await b.acquire(roomId)).toEqual(b.me)
      }
    })

    it('does not take the leases of an earlier process of the same name for its own', async () => {
      const house = `${newNodeId()}:`
      const [me, roomId] = [newNode(), newRoomId()]
      const before = create(house, me)
      await before.acquire(roomId)
      const [after, rival] = [create(house, me), create(house, newNode())]
      await after.heartbeat([])
      expect(await rival.acquire(roomId)).toEqual(rival.me)
      expect(await after.acquire(roomId)).toEqual(rival.me)
    })
  })
}

function newNode(): NodeAddress {
  const nodeId = newNodeId()
  return { nodeId, url: `http://${nodeId}.example:7777` }
}
