import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import type { Recorded, RoomEvent } from '../room-type'
import { History, type KeptEvent } from './history'

const capacity = 8
const roomy = 1_000_000
const limits = { events: capacity, bytes: roomy }

function event(seq: number, by = 'frodo', ref?: string): Recorded<RoomEvent> {
  const recorded = { seq, at: seq * 1_000, by, name: 'moved', payload: seq }
  return ref === undefined ? recorded : { ...recorded, ref }
}

function keep(history: History, recorded: Recorded<RoomEvent>): void {
  history.push(recorded, JSON.stringify(recorded))
}

function filled(count: number, startSeq = 0): History {
  const history = new History(limits, startSeq, true)
  for (let seq = startSeq + 1; seq <= startSeq + count; seq += 1) keep(history, event(seq))
  return history
}

const seqsOf = (events: readonly KeptEvent[] | 'another' | undefined) =>
  events === 'another' ? events : events?.map(({ seq }) => seq)

describe('History: what a returning player missed', () => {
  it('has nothing to tell whoever has seen everything', () => {
    expect(filled(0).between(0, 0)).toEqual([])
    expect(filled(5).between(5, 5)).toEqual([])
    expect(filled(0, 7_000).between(7_000, 7_000)).toEqual([])
  })

  it('tells what came after `since`, in order, up to `until`', () => {
    expect(seqsOf(filled(5).between(2, 5))).toEqual([3, 4, 5])
    expect(seqsOf(filled(5).between(2, 4))).toEqual([3, 4])
    expect(seqsOf(filled(3, 7_000).between(7_000, 7_003))).toEqual([7_001, 7_002, 7_003])
  })

  it('reaches back over its capacity, and not one further', () => {
    const history = filled(20)
    expect(seqsOf(history.between(12, 20))).toEqual([13, 14, 15, 16, 17, 18, 19, 20])
    expect(history.between(11, 20)).toBeUndefined()
    expect(history.between(0, 20)).toBeUndefined()
  })

  it('does not reach back before its start', () => {
    expect(filled(3, 7_000).between(6_999, 7_003)).toBeUndefined()
    expect(filled(0, 7_000).between(6_999, 7_000)).toBeUndefined()
  })

  it('tells nothing about what has not happened', () => {
    expect(filled(5).between(6, 5)).toBeUndefined()
    expect(filled(5).between(3, 6)).toBeUndefined()
    expect(filled(20).between(18, 21)).toBeUndefined()
  })

  it('tells every event once and none that was overwritten, whatever was pushed', () => {
    const shape = fc.record({
      size: fc.integer({ min: 1, max: 20 }),
      start: fc.nat(1_000),
      count: fc.nat(60),
      since: fc.nat(1_100),
    })
    fc.assert(
      fc.property(shape, ({ size, start, count, since }) => {
        const history = new History({ events: size, bytes: roomy }, start, false)
        for (let seq = start + 1; seq <= start + count; seq += 1) keep(history, event(seq))
        const newest = start + count
        const isHere = since <= newest && since >= newest - Math.min(size, count)
        const expected = Array.from({ length: Math.max(0, newest - since) }, (_, index) => since + 1 + index)
        expect(seqsOf(history.between(since, newest))).toEqual(isHere ? expected : undefined)
      }),
    )
  })
})

describe('History: how much it keeps', () => {
  it('forgets the oldest when the texts together are over the limit, however few they are', () => {
    const history = new History({ events: 100, bytes: 30 }, 0, true)
    for (let seq = 1; seq <= 3; seq += 1) history.push(event(seq, 'frodo', `c${seq}`), 'x'.repeat(10))
    expect(seqsOf(history.between(0, 3))).toEqual([1, 2, 3])
    history.push(event(4), 'x')
    expect(history.between(0, 4)).toBeUndefined()
    expect(seqsOf(history.between(1, 4))).toEqual([2, 3, 4])
    expect(history.ofCommand('frodo', 'c1')).toBeUndefined()
    history.push(event(5), 'x'.repeat(31))
    expect(history.between(4, 5)).toBeUndefined()
    expect(history.between(5, 5)).toEqual([])
    history.push(event(6), 'x')
    expect(seqsOf(history.between(5, 6))).toEqual([6])
  })
})

describe('History: the ring of bytes', () => {
  it('gives back every text as it came, whatever their sizes and alphabets', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), fc.integer({ min: 1, max: 300 }), (texts, bytes) => {
        const history = new History({ events: 16, bytes }, 0, false)
        texts.forEach((each, index) => history.push(event(index + 1), each))
        // The model: the latest texts that fit together.
        let room = bytes
        const kept: string[] = []
        for (const each of texts.slice(-16).reverse()) {
          room -= Buffer.byteLength(each)
          if (room < 0) break
          kept.unshift(each)
        }
        for (let since = texts.length; since >= 0; since -= 1) {
          const told = history.between(since, texts.length)?.map((one) => one.text)
          // A gap at the end of the ring may cost some of what would fit, never anything else.
          if (told) expect(told).toEqual(texts.slice(since))
          if (told) expect(texts.length - since).toBeLessThanOrEqual(kept.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('History: which commands were applied', () => {
  it('finds the events of a command by its sender and id', () => {
    const history = new History(limits, 0, true)
    const events = [
      event(1, 'frodo', 'c1'),
      event(2, 'frodo', 'c1'),
      event(3, 'sam', 'c1'),
      event(4),
      event(5, 'frodo', 'c2'),
    ]
    for (const each of events) keep(history, each)
    expect(seqsOf(history.ofCommand('frodo', 'c1'))).toEqual([1, 2])
    expect(seqsOf(history.ofCommand('sam', 'c1'))).toEqual([3])
    expect(seqsOf(history.ofCommand('frodo', 'c2'))).toEqual([5])
    expect(history.ofCommand('sam', 'c2')).toBeUndefined()
    expect(history.ofCommand('frodo', '')).toBeUndefined()
  })

  it('does not mix up senders and ids that read the same together', () => {
    const history = new History(limits, 0, true)
    keep(history, event(1, 'frodo', 'x c1'))
    expect(history.ofCommand('frodo x', 'c1')).toBeUndefined()
  })

  it('forgets a command with the first of its events', () => {
    const history = new History(limits, 0, true)
    keep(history, event(1, 'frodo', 'c1'))
    for (let seq = 2; seq <= capacity; seq += 1) keep(history, event(seq))
    expect(seqsOf(history.ofCommand('frodo', 'c1'))).toEqual([1])
    keep(history, event(capacity + 1))
    expect(history.ofCommand('frodo', 'c1')).toBeUndefined()
  })

  it('keeps a command whose id an older, longer command had too', () => {
    const history = new History(limits, 0, true)
    for (let seq = 1; seq <= 3; seq += 1) keep(history, event(seq, 'frodo', 'c1'))
    for (let seq = 4; seq <= capacity + 1; seq += 1) keep(history, event(seq))
    keep(history, event(capacity + 2, 'frodo', 'c1'))
    keep(history, event(capacity + 3))
    expect(seqsOf(history.ofCommand('frodo', 'c1'))).toEqual([capacity + 2])
  })

  it('tells a repetition from another command under the same id, where it heard the first', () => {
    const history = new History(limits, 0, true)
    const kept = event(1, 'frodo', 'c1')
    history.push(kept, JSON.stringify(kept), 17)
    keep(history, event(2, 'frodo', 'read back'))
    expect(seqsOf(history.ofCommand('frodo', 'c1', 17))).toEqual([1])
    expect(seqsOf(history.ofCommand('frodo', 'c1', 18))).toBe('another')
    expect(seqsOf(history.ofCommand('frodo', 'read back', 18))).toEqual([2])
    // The slot of an older one says nothing of what stands there now.
    for (let seq = 3; seq <= capacity; seq += 1) keep(history, event(seq))
    keep(history, event(capacity + 1, 'frodo', 'c1'))
    expect(seqsOf(history.ofCommand('frodo', 'c1', 18))).toEqual([capacity + 1])
  })

  it('remembers no commands where nobody asks for them', () => {
    const history = new History(limits, 0, false)
    keep(history, event(1, 'frodo', 'c1'))
    expect(history.ofCommand('frodo', 'c1')).toBeUndefined()
  })
})
