import type { ConnectionId, PlayerUuid } from '@innkeeper/protocol/ids'
import { beforeEach, describe, expect, it, setSystemTime } from 'bun:test'
import { until } from '../../../tests/support/until'
import { newConnectionId, newNodeId, newRoomId, playerUuid } from '../testing/test-ids'
import type { Place, Presence, PresenceEntry } from './presence'

/** Nodes that share one store of presences, empty at the start. */
export interface PresenceHouse {
  node(): Presence
}

/** How long an entry of a house lives without a heartbeat. */
export const houseTtlMs = 400

/** What every presence does alike. */
export function presenceContract(name: string, create: () => PresenceHouse): void {
  describe(`presence on ${name}`, () => {
    let a: Presence
    let b: Presence
    let house: PresenceHouse
    beforeEach(() => {
      house = create()
      a = house.node()
      b = house.node()
    })

    it('knows nobody at first', async () => {
      expect(await a.find(playerUuid())).toBeUndefined()
    })

    it('gives a free player to who claims, and says on every node where and since when', async () => {
      const place = newPlace()
      const before = Date.now()
      const entry = await claimed(a, place)
      expect(entry).toMatchObject(place)
      expect(entry.since).toBeWithin(before - 1_000, Date.now() + 1_000)
      expect(await b.find(place.uuid)).toEqual(entry)
    })

    it('answers a rival with the incumbent, whoever of the nodes asks', async () => {
      const place = newPlace()
      const entry = await claimed(a, place)
      for (const node of [a, b]) {
        expect(await node.claim(newPlace(place.uuid))).toEqual({ kind: 'taken', incumbent: entry })
      }
    })

    it('lets a connection claim again what it holds', async () => {
      const place = newPlace()
      const first = await claimed(a, place)
      const second = await claimed(a, place)
      expect(second.epoch).toBeGreaterThan(first.epoch)
    })

    it('[SEC-116] has one winner each time when one player comes 50 times at once over three nodes', async () => {
      const nodes = [a, b, house.node()]
      for (let round = 0; round < 20; round += 1) {
        const uuid = playerUuid()
        const rivals = Array.from({ length: 50 }, (_, index) => ({
          place: newPlace(uuid),
          node: nodes[index % 3] ?? a,
        }))
        const claims = await Promise.all(rivals.map(({ node, place }) => node.claim(place)))
        const winners = claims.filter((claim) => claim.kind === 'claimed').map(({ entry }) => entry)
        expect(winners).toHaveLength(1)
        const holder = await a.find(uuid)
        expect(winners).toEqual(holder ? [holder] : [])
        const told = claims.map(
          (claim) => (claim.kind === 'claimed' ? claim.entry : claim.incumbent).connectionId,
        )
        expect(told.filter((id) => id !== holder?.connectionId)).toEqual([])
      }
    })

    it('is released by its own connection, and is then free', async () => {
      const place = newPlace()
      await claimed(a, place)
      expect(await b.release(place.uuid, newConnectionId())).toBe(false)
      expect(await a.find(place.uuid)).toMatchObject(place)
      expect(await a.release(place.uuid, place.connectionId)).toBe(true)
      expect(await a.find(place.uuid)).toBeUndefined()
      expect(await a.release(place.uuid, place.connectionId)).toBe(false)
      await claimed(b, newPlace(place.uuid))
    })

    it('is not ended by the late release of a connection that was replaced', async () => {
      const [old, next] = rivals()
      await claimed(a, old)
      const entry = await claimed(b, next, old.connectionId)
      expect(await a.release(old.uuid, old.connectionId)).toBe(false)
      expect(await a.find(old.uuid)).toEqual(entry)
    })

    it('is taken over from the named incumbent alone', async () => {
      const [old, next] = rivals()
      const first = await claimed(a, old)
      expect(await b.claim(next, newConnectionId())).toEqual({ kind: 'taken', incumbent: first })
      const second = await claimed(b, next, old.connectionId)
      expect(second.epoch).toBeGreaterThan(first.epoch)
      // Whoever else found the same incumbent dead comes too late.
      expect(await a.claim(newPlace(old.uuid), old.connectionId)).toEqual({
        kind: 'taken',
        incumbent: second,
      })
    })

    it('has one winner when many take over the same dead incumbent', async () => {
      const dead = newPlace()
      await claimed(a, dead)
      const takeOvers = Array.from({ length: 30 }, (_, index) =>
        (index % 2 === 0 ? a : b).claim(newPlace(dead.uuid), dead.connectionId),
      )
      const kinds = (await Promise.all(takeOvers)).map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'claimed')).toHaveLength(1)
    })

    it('keeps what is said to be alive, and lapses its time after the last word', async () => {
      const [kept, silent] = [await claimed(a, newPlace()), await claimed(a, newPlace())]
      await until(async () => {
        expect(await a.heartbeat([kept])).toEqual([])
        return (await b.find(silent.uuid)) === undefined
      })
      expect(await b.find(kept.uuid)).toEqual(kept)
      const lastWord = performance.now()
      await until(async () => (await b.find(kept.uuid)) === undefined)
      expect(performance.now() - lastWord).toBeGreaterThan(houseTtlMs / 2)
      await claimed(b, newPlace(kept.uuid))
    })

    it('is claimed again by a heartbeat where the store has lost it', async () => {
      const entry = await claimed(a, newPlace())
      await a.release(entry.uuid, entry.connectionId)
      expect(await a.heartbeat([entry])).toEqual([])
      expect(await b.find(entry.uuid)).toEqual(entry)
    })

    it('[SEC-119] tells a node which of its players a newer connection holds', async () => {
      const [old, next] = rivals()
      const [replaced, other] = [await claimed(a, old), await claimed(a, newPlace())]
      const entry = await claimed(b, next, old.connectionId)
      expect(await a.heartbeat([other, replaced])).toEqual([replaced])
      expect(await a.find(old.uuid)).toEqual(entry)
      expect(await b.heartbeat([entry])).toEqual([])
    })

    it('[SEC-124] is healed by the newer claim when the store has lost that write', async () => {
      const [old, next] = rivals()
      const older = await claimed(a, old)
      const newer = await claimed(b, next, old.connectionId)
      // A failover brings the store back as it was before the second claim.
      await b.release(newer.uuid, newer.connectionId)
      await a.heartbeat([older])
      expect(await a.find(old.uuid)).toEqual(older)
      expect(await b.heartbeat([newer])).toEqual([])
      expect(await a.find(old.uuid)).toEqual(newer)
      expect(await a.heartbeat([older])).toEqual([older])
    })

    it('gives up one of two claims, and always the same, when both are equally old', async () => {
      const entry = await claimed(a, newPlace())
      const twin = { ...entry, connectionId: newConnectionId() }
      expect(await b.heartbeat([twin])).toEqual([twin])
      expect(await a.heartbeat([entry])).toEqual([])
    })

    it.each([
      ['guest:player123#a1B2'],
      ['guest:{tag}#1'],
      ['guest:{}#2'],
      ['guest:}{#3'],
      ['guest:a|b|c#4'],
      ['guest:Zoë龍🐉#5'],
      ['__proto__'],
    ])('[SEC-127] keeps %s apart from everyone else', async (text) => {
      const place = newPlace(playerUuid(text))
      const entry = await claimed(a, place)
      expect(entry.uuid).toBe(place.uuid)
      expect(await b.find(place.uuid)).toEqual(entry)
      expect(await b.find(playerUuid(`${text}0`))).toBeUndefined()
      expect(await b.heartbeat([entry])).toEqual([])
      expect(await a.release(place.uuid, place.connectionId)).toBe(true)
    })
  })
}

/** What holds where nodes meet in a store that has a clock of its own. */
export function sharedPresenceContract(name: string, create: () => PresenceHouse): void {
  describe(`presence shared on ${name}`, () => {
    it('[SEC-125] goes by the clock of the store, however wrong that of a node is', async () => {
      const [a, b] = [create(), create()].map((house) => house.node())
      if (!a || !b) return
      const place = newPlace()
      const before = Date.now()
      try {
        for (const hours of [-5, 5]) {
          setSystemTime(new Date(before + hours * 3_600_000))
          const entry = await claimed(a, { ...place, uuid: playerUuid() })
          expect(entry.since).toBeWithin(before - 1_000, before + 10_000)
          expect(await a.heartbeat([entry])).toEqual([])
          expect(await a.find(entry.uuid)).toEqual(entry)
        }
      } finally {
        setSystemTime()
      }
      const entry = await claimed(b, newPlace())
      await until(async () => (await b.find(entry.uuid)) === undefined)
    })
  })
}

function newPlace(uuid: PlayerUuid = playerUuid()): Place {
  return { uuid, roomId: newRoomId(), nodeId: newNodeId(), connectionId: newConnectionId() }
}

/** Two places of one player. */
function rivals(): [Place, Place] {
  const first = newPlace()
  return [first, newPlace(first.uuid)]
}

async function claimed(presence: Presence, place: Place, over?: ConnectionId): Promise<PresenceEntry> {
  const claim = await presence.claim(place, over)
  expect(claim.kind).toBe('claimed')
  if (claim.kind !== 'claimed') throw new Error('The place was taken')
  return claim.entry
}
