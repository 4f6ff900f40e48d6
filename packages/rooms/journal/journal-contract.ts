import type { RoomId } from '@innkeeper/protocol/ids'
import { beforeAll, describe, expect, it } from 'bun:test'
import type { Recorded, RoomEvent } from '../room-type'
import { failureOf } from '../testing/problem-of'
import { newRoomId } from '../testing/test-ids'
import { FencedError, type Journal, type JournalRange } from './journal'

/** More than any tail here. */
const everything = 10_000

/** What every journal does alike. `create` opens the journal of this name, as another process would. */
export function journalContract(name: string, create: () => Promise<Journal>): void {
  describe(`journal on ${name}`, () => {
    let journal: Journal
    let elsewhere: Journal
    beforeAll(async () => {
      journal = await create()
      elsewhere = await create()
    })
    const opened = async (events = 0): Promise<RoomId> => {
      const roomId = newRoomId()
      await journal.open(roomId, 0)
      if (events > 0) await journal.append(roomId, 1, eventsOf(1, events))
      return roomId
    }

    it('has nothing of a new room, and raises its epoch with every opening', async () => {
      const roomId = newRoomId()
      expect(await journal.open(roomId, 10)).toEqual({ epoch: 1, snapshot: undefined, events: [] })
      expect(await elsewhere.open(roomId, 10)).toEqual({ epoch: 2, snapshot: undefined, events: [] })
      expect((await journal.open(newRoomId(), 10)).epoch).toBe(1)
    })

    it('gives each opener an epoch of their own when many open at once', async () => {
      const roomId = newRoomId()
      const openings = Array.from({ length: 12 }, (_, index) =>
        (index % 2 ? journal : elsewhere).open(roomId, 10),
      )
      const epochs = (await Promise.all(openings)).map(({ epoch }) => epoch)
      expect(epochs.toSorted((one, other) => one - other)).toEqual(
        Array.from({ length: 12 }, (_, index) => index + 1),
      )
    })

    it('gives back every event as it was, in order', async () => {
      const roomId = newRoomId()
      await journal.open(roomId, 0)
      const payloads: unknown[] = [null, 0, 'ü🐉\u0000\ud800', [], { deep: [{ a: null }], at: 1.5 }, true]
      const events = payloads.map((payload, index) => ({ ...eventOf(index + 1), payload }))
      await journal.append(roomId, 1, events.slice(0, 2))
      await journal.append(roomId, 1, events.slice(2))
      expect((await elsewhere.open(roomId, everything)).events).toEqual(events)
    })

    it.each([['c1'], [''], ['a\u0000b'], ['\ud800'], ['"quoted" \\u0041'], ['\u2028 \u202e 龍']])(
      'keeps the command id %j that a client chose',
      async (ref) => {
        const roomId = await opened()
        await journal.append(roomId, 1, [{ ...eventOf(1), ref }])
        expect((await elsewhere.open(roomId, everything)).events).toEqual([{ ...eventOf(1), ref }])
      },
    )

    it('keeps an event without a payload as one with null', async () => {
      const roomId = await opened()
      await journal.append(roomId, 1, [{ ...eventOf(1), payload: undefined }])
      expect((await elsewhere.open(roomId, everything)).events).toEqual([{ ...eventOf(1), payload: null }])
    })

    it('refuses an earlier opener, and writes nothing of theirs', async () => {
      const roomId = await opened(2)
      await elsewhere.open(roomId, 0)
      expect(await failureOf(journal.append(roomId, 1, eventsOf(3, 1)))).toBeInstanceOf(FencedError)
      const late = journal.saveSnapshot(roomId, 1, { seq: 2, state: 'late' })
      expect(await failureOf(late)).toBeInstanceOf(FencedError)
      await elsewhere.append(roomId, 2, eventsOf(3, 1, 'new'))
      const { events, snapshot } = await elsewhere.open(roomId, everything)
      expect(events).toEqual([...eventsOf(1, 2), ...eventsOf(3, 1, 'new')])
      expect(snapshot).toBeUndefined()
    })

    it('refuses the stale room alone when others share its commit', async () => {
      const [stale, ...fresh] = await Promise.all([opened(), opened(), opened()])
      await elsewhere.open(stale, 0)
      const writes = [stale, ...fresh].map((roomId) => failureOf(journal.append(roomId, 1, eventsOf(1, 2))))
      const [failure, ...others] = await Promise.all(writes)
      expect(failure).toBeInstanceOf(FencedError)
      expect(others).toEqual([undefined, undefined])
      for (const roomId of fresh) expect((await elsewhere.open(roomId, everything)).events).toHaveLength(2)
    })

    it('lets either the old or the new opener write when both try at once, and never both', async () => {
      for (let round = 0; round < 10; round += 1) {
        const roomId = await opened()
        const [failure, loaded] = await Promise.all([
          failureOf(journal.append(roomId, 1, eventsOf(1, 1, 'old'))),
          elsewhere.open(roomId, everything),
        ])
        // Whoever was told that it is kept is in what the new opener has read.
        expect(loaded.events).toEqual(failure ? [] : eventsOf(1, 1, 'old'))
        await elsewhere.append(roomId, loaded.epoch, eventsOf(loaded.events.length + 1, 1, 'new'))
      }
    })

    it('refuses a room that was never opened', async () => {
      const roomId = newRoomId()
      expect(await failureOf(journal.append(roomId, 1, eventsOf(1, 1)))).toBeInstanceOf(FencedError)
      const snapshot = journal.saveSnapshot(roomId, 1, { seq: 0, state: {} })
      expect(await failureOf(snapshot)).toBeInstanceOf(FencedError)
    })

    it('removes everything of a room, and nothing of others', async () => {
      const [gone, left] = [await opened(3), await opened(3)]
      await journal.saveSnapshot(gone, 1, { seq: 3, state: {} })
      await journal.remove(gone)
      await journal.remove(gone)
      expect(await failureOf(journal.append(gone, 1, eventsOf(4, 1)))).toBeInstanceOf(FencedError)
      expect(await journal.open(gone, everything)).toEqual({ epoch: 1, snapshot: undefined, events: [] })
      expect((await journal.open(left, everything)).events).toHaveLength(3)
    })

    it('keeps the order of 50 rooms with 20 appends each under way at once, without a gap', async () => {
      const rooms = await Promise.all(Array.from({ length: 50 }, () => opened()))
      const writes: Promise<void>[] = []
      for (let seq = 1; seq <= 40; seq += 2) {
        for (const roomId of rooms) writes.push(journal.append(roomId, 1, eventsOf(seq, 2)))
      }
      await Promise.all(writes)
      const histories = await Promise.all(
        rooms.map(async (roomId) => (await elsewhere.open(roomId, everything)).events),
      )
      for (const events of histories) expect(events).toEqual(eventsOf(1, 40))
    })

    it('takes thousands of events in one append', async () => {
      const roomId = await opened(6_000)
      const { events } = await elsewhere.open(roomId, everything)
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 6_000 }, (_, index) => index + 1))
    })
  })

  snapshotContract(name, create)
  readingContract(name, create)
}

function snapshotContract(name: string, create: () => Promise<Journal>): void {
  describe(`journal on ${name}: snapshots`, () => {
    let journal: Journal
    beforeAll(async () => {
      journal = await create()
    })
    const reopened = async (snapshots: readonly number[], tail: number) => {
      const roomId = newRoomId()
      await journal.open(roomId, 0)
      await journal.append(roomId, 1, eventsOf(1, 20))
      for (const seq of snapshots)
        await journal.saveSnapshot(roomId, 1, { seq, state: { upTo: seq, none: null } })
      const { snapshot, events } = await journal.open(roomId, tail)
      return { snapshot, seqs: events.map(({ seq }) => seq) }
    }
    const seqs = (from: number): number[] => Array.from({ length: 21 - from }, (_, index) => from + index)

    it.each([0, 5, 20, 100])('gives all events without a snapshot, whatever the tail: %d', async (tail) => {
      expect(await reopened([], tail)).toEqual({ snapshot: undefined, seqs: seqs(1) })
    })

    it.each([
      [15, 0, 16],
      [15, 3, 16],
      [15, 5, 16],
      [15, 6, 15],
      [15, 12, 9],
      [15, 20, 1],
      [15, 500, 1],
      [20, 0, 21],
      [20, 1, 20],
    ])(
      'of 20 events, with a snapshot at %d and a tail of %d, gives those from %d on',
      async (seq, tail, from) => {
        expect(await reopened([seq], tail)).toEqual({
          snapshot: { seq, state: { upTo: seq, none: null } },
          seqs: seqs(from),
        })
      },
    )

    it('keeps the latest snapshot', async () => {
      expect((await reopened([5, 15], 0)).snapshot?.seq).toBe(15)
    })
  })
}

function readingContract(name: string, create: () => Promise<Journal>): void {
  describe(`journal on ${name}: reading back`, () => {
    let journal: Journal
    let roomId: RoomId
    beforeAll(async () => {
      journal = await create()
      roomId = newRoomId()
      await journal.open(roomId, 0)
      await journal.append(roomId, 1, eventsOf(1, 8))
      await journal.append(roomId, 1, eventsOf(9, 2, 'rolled'))
      await journal.append(roomId, 1, eventsOf(11, 10))
    })
    const seqsOf = async (range: Partial<JournalRange>): Promise<readonly number[]> => {
      const whole = { after: 0, before: Number.MAX_SAFE_INTEGER, limit: everything }
      return (await journal.read(roomId, { ...whole, ...range })).map(({ seq }) => seq)
    }

    it('gives events as they were, newest first', async () => {
      const range = { after: 0, before: 11, limit: 3 }
      expect(await journal.read(roomId, range)).toEqual(
        [...eventsOf(8, 1), ...eventsOf(9, 2, 'rolled')].toReversed(),
      )
    })

    it.each([
      [{ limit: 2 }, [20, 19]],
      [{ before: 20, limit: 2 }, [19, 18]],
      [{ after: 17 }, [20, 19, 18]],
      [{ after: 3, before: 5 }, [4]],
      [{ after: 4, before: 5 }, []],
      [{ before: 1 }, []],
      [{ names: ['rolled'] }, [10, 9]],
      [{ names: ['rolled'], before: 10 }, [9]],
      [{ names: ['rolled'], limit: 1 }, [10]],
      [{ names: ['moved', 'rolled'], after: 7, before: 12 }, [11, 10, 9, 8]],
      [{ names: ['unheard of'] }, []],
    ])('of 20 events reads %j', async (range, expected) => {
      expect(await seqsOf(range)).toEqual(expected)
    })

    it('has them all, whatever a snapshot holds', async () => {
      await journal.saveSnapshot(roomId, 1, { seq: 20, state: {} })
      expect(await seqsOf({})).toHaveLength(20)
    })

    it('has nothing of a room that it does not know, or does not know any more', async () => {
      const range = { after: 0, before: 10, limit: 10 }
      const gone = newRoomId()
      expect(await journal.read(gone, range)).toEqual([])
      await journal.open(gone, 0)
      await journal.append(gone, 1, eventsOf(1, 2))
      await journal.remove(gone)
      expect(await journal.read(gone, range)).toEqual([])
    })
  })
}

/** Event `seq` of a room, like no other. */
function eventOf(seq: number, name = 'moved'): Recorded<RoomEvent> {
  return { seq, at: 1_795_296_000_000 + seq, by: 'guest:frodo#{1}', name, payload: { seq } }
}

/** `count` events from `seq` on. */
export function eventsOf(seq: number, count: number, name?: string): Recorded<RoomEvent>[] {
  return Array.from({ length: count }, (_, index) => eventOf(seq + index, name))
}
