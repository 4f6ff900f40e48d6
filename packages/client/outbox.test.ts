import { describe, expect, it } from 'bun:test'
import type { EventFrame } from '@innkeeper/protocol/frames'
import {
  CommandCancelled,
  CommandKept,
  CommandLost,
  CommandRefused,
  longestStoredMs,
  mostWaiting,
  Outbox,
  QueueFull,
} from './outbox'
import type { OutboxStorage, StoredCommand, WaitingCommand } from './outbox-storage'
import { type KeptTexts, webOutboxStorage } from './web-outbox-storage'

const nowMs = 1_795_296_000_000
const problem = { type: '/problems/not-allowed', title: 'No', status: 403, detail: 'Not yours' } as const

const given = (id: string) => ({ id, name: 'roll', payload: { id }, sinceMs: nowMs })
const stored = (id: string, fields: Partial<StoredCommand> = {}): StoredCommand => ({
  ...given(id),
  sentAtSeq: null,
  ...fields,
})
const answer = (ref: string, by = 'me'): EventFrame => ({ type: 'event', seq: 1, ref, by, name: 'rolled' })
const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error)

function setUp(kept: readonly StoredCommand[] = []) {
  const seen = {
    waiting: [] as readonly WaitingCommand[],
    refused: [] as string[],
    lost: [] as string[],
    saved: kept,
  }
  const storage: OutboxStorage = {
    load: () => seen.saved,
    save: (commands) => void (seen.saved = commands),
  }
  const outbox = new Outbox(
    {
      onWaiting: (waiting) => (seen.waiting = waiting),
      onRefused: (command, { detail }) => void seen.refused.push(`${command.id}: ${detail}`),
      onLost: (commands) => void seen.lost.push(...commands.map(({ id }) => id)),
    },
    storage,
  )
  outbox.restore(nowMs)
  return { outbox, seen }
}

describe('Outbox', () => {
  it('shows what waits, in order, and whether it is on its way', () => {
    const { outbox, seen } = setUp()
    void outbox.add(given('a'))
    void outbox.add(given('b'))
    outbox.toSend('a', 7)
    expect(seen.waiting).toEqual([
      { ...given('a'), isSent: true },
      { ...given('b'), isSent: false },
    ])
    outbox.acknowledge(answer('a'), 'me')
    expect(seen.waiting.map(({ id }) => id)).toEqual(['b'])
  })

  it(`takes ${mostWaiting} commands, and refuses one more`, async () => {
    const { outbox } = setUp()
    for (let index = 0; index < mostWaiting; index += 1) void outbox.add(given(`c${index}`))
    expect(await failure(outbox.add(given('one more')))).toBeInstanceOf(QueueFull)
    expect(outbox.waiting.length).toBe(mostWaiting)
    outbox.acknowledge(answer('c0'), 'me')
    void outbox.add(given('one more'))
    expect(outbox.has('one more')).toBe(true)
  })

  it('calls off what is not on its way, and nothing else', async () => {
    const { outbox, seen } = setUp()
    const unsent = outbox.add(given('unsent'))
    void outbox.add(given('sent'))
    outbox.toSend('sent', 1)
    expect(['unsent', 'sent', 'unknown'].map((id) => outbox.cancel(id))).toEqual([true, false, false])
    expect(await failure(unsent)).toBeInstanceOf(CommandCancelled)
    expect(seen.saved.map(({ id }) => id)).toEqual(['sent'])
  })

  it('tells the giver of a refusal, and of the end', async () => {
    const { outbox, seen } = setUp()
    const [refused, lost] = [failure(outbox.add(given('a'))), failure(outbox.add(given('b')))]
    outbox.refuse({ type: 'reject', id: 'a', problem })
    outbox.abandon('over')
    expect(await refused).toBeInstanceOf(CommandRefused)
    expect(await lost).toBeInstanceOf(CommandLost)
    expect([seen.refused, seen.lost, seen.saved]).toEqual([[], [], []])
  })
})

describe('an outbox that is left', () => {
  it('keeps what waits in storage, for who comes back', async () => {
    const { outbox, seen } = setUp([stored('a')])
    const mine = failure(outbox.add(given('b')))
    outbox.leaveBehind()
    expect(await mine).toBeInstanceOf(CommandKept)
    expect(seen.saved.map(({ id }) => id)).toEqual(['a', 'b'])
    expect([seen.waiting, seen.lost]).toEqual([[], []])
  })

  it('gives everything up when there is no storage', async () => {
    const outbox = new Outbox()
    const mine = failure(outbox.add(given('a')))
    outbox.leaveBehind()
    const error = await mine
    expect(error).toBeInstanceOf(CommandLost)
    expect(error).not.toBeInstanceOf(CommandKept)
  })
})

describe('an outbox after a reload', () => {
  it('goes on with the stored commands, in order and before new ones', () => {
    const { outbox, seen } = setUp([stored('a', { sentAtSeq: 3 }), stored('b')])
    void outbox.add(given('c'))
    expect(outbox.ids()).toEqual(['a', 'b', 'c'])
    expect(seen.waiting.map(({ isSent }) => isSent)).toEqual([true, false, false])
    expect(JSON.parse(outbox.toSend('a', 9) ?? '')).toEqual({
      ...{ type: 'command', id: 'a', name: 'roll' },
      payload: { id: 'a' },
    })
    expect(seen.saved.map(({ sentAtSeq }) => sentAtSeq)).toEqual([3, null, null])
  })

  it('reports what is refused, and what is lost, because nobody waits for it any more', () => {
    const { outbox, seen } = setUp([stored('a'), stored('b'), stored('c')])
    outbox.refuse({ type: 'reject', id: 'a', problem })
    outbox.acknowledge(answer('b'), 'me')
    outbox.abandon('over')
    expect([seen.refused, seen.lost, seen.saved]).toEqual([['a: Not yours'], ['c'], []])
  })

  it('does not send what is too old', () => {
    const { outbox, seen } = setUp([
      stored('old', { sinceMs: nowMs - longestStoredMs - 1 }),
      stored('just', { sinceMs: nowMs - longestStoredMs }),
    ])
    expect([outbox.ids(), seen.lost, seen.saved.length]).toEqual([['just'], ['old'], 1])
  })

  it('gives up what the server may have done and forgotten, and sends the rest', async () => {
    const { outbox, seen } = setUp([stored('sent', { sentAtSeq: 10 }), stored('unsent')])
    const mine = outbox.add(given('mine'))
    outbox.toSend('mine', 10)
    outbox.dropUncertain(266)
    expect(outbox.ids()).toEqual(['sent', 'unsent', 'mine'])
    outbox.dropUncertain(267)
    expect([outbox.ids(), seen.lost]).toEqual([['unsent'], ['sent']])
    expect(await failure(mine)).toBeInstanceOf(CommandLost)
  })
})

describe('webOutboxStorage', () => {
  function texts(fields: Partial<KeptTexts> = {}) {
    const kept = new Map<string, string>()
    const storage: KeptTexts = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
      ...fields,
    }
    return { kept, storage }
  }

  it('keeps the commands of a room under a key of its own, and nothing when nothing waits', () => {
    const { kept, storage } = texts()
    webOutboxStorage(storage, 'r1.me').save([stored('a')])
    webOutboxStorage(storage, 'r2.me').save([stored('b', { sentAtSeq: 4 })])
    expect(webOutboxStorage(storage, 'r1.me').load()).toEqual([stored('a')])
    expect(webOutboxStorage(storage, 'r2.me').load()).toEqual([stored('b', { sentAtSeq: 4 })])
    const reloaded = webOutboxStorage(storage, 'r1.me')
    reloaded.load()
    reloaded.save([])
    expect([...kept.keys()]).toEqual(['innkeeper.outbox.r2.me'])
  })

  it('leaves the commands of another tab alone', () => {
    const { storage } = texts()
    const [one, other] = [webOutboxStorage(storage, 'r'), webOutboxStorage(storage, 'r')]
    one.load()
    other.load()
    one.save([stored('one')])
    other.save([stored('other')])
    one.save([])
    expect(other.load()).toEqual([stored('other')])
  })

  it.each(['', 'null', '{}', '{', '[1,null,{}]', '[{"id":1,"name":"x","sinceMs":1,"sentAtSeq":null}]'])(
    'takes %p for nothing',
    (text) => {
      const { storage } = texts({ getItem: () => text })
      expect(webOutboxStorage(storage, 'r').load()).toEqual([])
    },
  )

  it('does without a storage that is full, forbidden or not there', () => {
    const no = () => {
      throw new DOMException('', 'QuotaExceededError')
    }
    for (const storage of [
      texts({ setItem: no }).storage,
      texts({ getItem: no, removeItem: no }).storage,
      undefined,
    ]) {
      const outbox = webOutboxStorage(storage, 'r')
      outbox.save([stored('a')])
      expect(outbox.load()).toBeArray()
    }
  })

  it('does not bring answered commands back when it has become full', () => {
    const fullness = { isFull: false }
    const { storage } = texts()
    const setItem = storage.setItem.bind(storage)
    const outbox = webOutboxStorage(
      { ...storage, setItem: (key, value) => (fullness.isFull ? setItem('', '') : setItem(key, value)) },
      'r',
    )
    outbox.save([stored('answered')])
    fullness.isFull = true
    outbox.save([stored('too large')])
    expect(outbox.load()).toEqual([])
  })
})
