import { limits } from '@innkeeper/protocol/limits'
import { describe, expect, it } from 'bun:test'
import type { Recorded, RoomEvent, RoomType } from '../room-type'
import type { HistoryPage, HistoryWish } from '../rooms'
import { lendingRoom } from '../testing/lending-room'
import { newRoomId } from '../testing/test-ids'
import { createMemoryJournal } from './memory-journal'
import { readHistory } from './read-history'

const type = lendingRoom as unknown as RoomType

/** A room of `count` events in which every `seq` that is in `secret` is for keepers alone. */
async function historyOf(count: number, { secret = [], role = 'guest', shown = count }: Given = {}) {
  const journal = createMemoryJournal()
  const roomId = newRoomId()
  const hidden = new Set(secret)
  await journal.open(roomId, 0)
  await journal.append(
    roomId,
    1,
    Array.from({ length: count }, (_, index) => eventOf(index + 1, hidden.has(index + 1))),
  )
  const asked: number[] = []
  const source = {
    roomId,
    type,
    journal: {
      ...journal,
      read: (...range: Parameters<typeof journal.read>) => {
        asked.push(range[1].before - range[1].after - 1)
        return journal.read(...range)
      },
    },
    horizon: { type: type.name, seq: shown, viewer: { uuid: 'frodo', role } },
  }
  return { read: (wish: HistoryWish) => readHistory(source, wish), asked }
}

interface Given {
  readonly secret?: readonly number[]
  readonly role?: string
  /** What has been published. */
  readonly shown?: number
}

function eventOf(seq: number, isSecret: boolean): Recorded<RoomEvent> {
  const what = isSecret
    ? { name: 'noted', payload: 'psst' }
    : { name: 'seated', payload: { uuid: `p${seq}`, role: 'guest' } }
  return { seq, at: seq, by: 'frodo', ...what }
}

const seqsOf = ({ events, before }: HistoryPage) => ({ seqs: events.map(({ seq }) => seq), before })
const from = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)

describe('the history of a room', () => {
  it('comes in pages, newest first, to the very first event', async () => {
    const { read } = await historyOf(5)
    expect(seqsOf(await read({ limit: 2 }))).toEqual({ seqs: [5, 4], before: 4 })
    expect(seqsOf(await read({ limit: 2, before: 4 }))).toEqual({ seqs: [3, 2], before: 2 })
    expect(seqsOf(await read({ limit: 2, before: 2 }))).toEqual({ seqs: [1], before: undefined })
    expect(seqsOf(await read({ limit: 2, before: 1 }))).toEqual({ seqs: [], before: undefined })
    expect(seqsOf(await read({ limit: 5 }))).toEqual({ seqs: [5, 4, 3, 2, 1], before: undefined })
  })

  it('has nothing that is not published yet', async () => {
    const { read } = await historyOf(5, { shown: 3 })
    expect(seqsOf(await read({ limit: 10 })).seqs).toEqual([3, 2, 1])
    expect(seqsOf(await read({ limit: 10, before: 6 })).seqs).toEqual([3, 2, 1])
  })

  it('fills a page with what this viewer may see, and counts nothing that they may not', async () => {
    const secret = [2, 4, 5, 6, 8]
    const guest = await historyOf(9, { secret })
    expect(seqsOf(await guest.read({ limit: 3 }))).toEqual({ seqs: [9, 7, 3], before: 3 })
    const keeper = await historyOf(9, { secret, role: 'keeper' })
    expect(seqsOf(await keeper.read({ limit: 3 }))).toEqual({ seqs: [9, 8, 7], before: 7 })
  })

  it('gives events of the names that were asked for alone', async () => {
    const { read } = await historyOf(9, { secret: [2, 8], role: 'keeper' })
    expect(seqsOf(await read({ limit: 9, names: ['noted'] }))).toEqual({ seqs: [8, 2], before: undefined })
    expect(seqsOf(await read({ limit: 1, names: ['noted'] }))).toEqual({ seqs: [8], before: 8 })
  })

  it('looks at so many events for one page, and says where to go on when they held nothing', async () => {
    const count = 2 * limits.historyRows + 10
    const { read, asked } = await historyOf(count, { secret: from(11, 2 * limits.historyRows) })
    const first = await read({ limit: 5 })
    expect(seqsOf(first)).toEqual({ seqs: [], before: limits.historyRows + 11 })
    expect(Math.max(...asked)).toBe(limits.historyRows)
    const second = await read({ limit: 5, before: limits.historyRows + 11 })
    expect(seqsOf(second)).toEqual({ seqs: [], before: 11 })
    expect(seqsOf(await read({ limit: 5, before: 11 }))).toEqual({ seqs: [10, 9, 8, 7, 6], before: 6 })
  })

  it('is empty of a room in which nothing has happened', async () => {
    const { read } = await historyOf(0)
    expect(seqsOf(await read({ limit: 5 }))).toEqual({ seqs: [], before: undefined })
  })
})
