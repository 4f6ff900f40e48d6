import { parseClientFrame } from '@innkeeper/protocol/frames'
import { limits } from '@innkeeper/protocol/limits'
import { silentLog } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import { heapStats } from 'bun:jsc'
import fc from 'fast-check'
import { relayRoom } from '../relay/relay-room'
import type { RoomType } from '../room-type'
import { newConnectionId, testRecord } from '../testing/test-ids'
import { Room } from './room'
import type { RoomConnection } from './room-options'

/** Takes whatever comes, as a socket does; keeps the frames for as long as they are looked at. */
function createListener() {
  const frames: { type: string; [part: string]: unknown }[] = []
  const connection: RoomConnection = {
    connectionId: newConnectionId(),
    presentSince: 1,
    send: (text) => void frames.push(JSON.parse(text) as (typeof frames)[number]),
    subscribe: () => {},
    unsubscribe: () => {},
  }
  return { connection, frames }
}

/** Relays any JSON of so many bytes; the room is nobody's but the test's. */
function openRelay(
  maxPayloadBytes = relayRoom.maxPayloadBytes,
  changes: Partial<typeof relayRoom> = {},
): { room: Room; published: string[] } {
  const published: string[] = []
  const type = { ...relayRoom, maxPayloadBytes, ...changes } as unknown as RoomType
  const room = new Room({
    record: testRecord(),
    type,
    start: { seq: 0, state: {} },
    past: [],
    clock: Date.now,
    random: { bytes: (count) => new Uint8Array(count), uuid: () => '', below: () => 0 },
    log: silentLog,
    publish: (_topic, text) => void published.push(text),
    onBroken: (error) => {
      throw error
    },
  })
  return { room, published }
}

const frodo = { uuid: 'frodo', nick: 'Frodo' }

/** A frame of Frodo's, as the gateway hands it in. */
function command(room: Room, text: string): void {
  const frame = parseClientFrame(text)
  if (frame?.type !== 'command') throw new Error(`No command: ${text}`)
  room.command('frodo', frame, { at: Date.now(), chars: text.length, payloadText: frame.payloadText })
}

describe('Room: what it keeps', () => {
  // As numbers of empty objects, a payload takes many times the memory of its text.
  const payload = Array.from({ length: 5_400 }, () => ({}))
  const payloadBytes = JSON.stringify(payload).length

  it('is at most so many bytes of events, however their payloads look', async () => {
    const { room, published } = openRelay()
    const { connection, frames } = createListener()
    await room.enter(frodo, connection, undefined)
    expect(payloadBytes).toBeLessThanOrEqual(relayRoom.maxPayloadBytes)
    const sent = limits.ringEvents + 200
    const before = heapBytes()
    for (let index = 1; index <= sent; index += 1) {
      const text = JSON.stringify({ type: 'command', id: `c${index}`, name: 'relay', payload })
      command(room, text)
      published.length = 0
    }
    const grownBytes = heapBytes() - before
    expect({ grownBytes, isBounded: grownBytes < 8 * limits.ringBytes }).toMatchObject({ isBounded: true })

    const kept = Math.floor(limits.ringBytes / (payloadBytes + 100))
    for (const [since, isKept] of [
      [0, false],
      [sent - 2 * kept, false],
      [sent - Math.floor(kept / 2), true],
      [sent, true],
    ] as const) {
      frames.length = 0
      room.resume('frodo', since)
      expect({ since, resumed: frames[0]?.['resumed'] }).toEqual({ since, resumed: isKept })
      expect(frames.length - 1).toBe(isKept ? sent - since : 0)
    }
  })
})

describe('Room: how large a payload may be', () => {
  const maxBytes = 2_000
  const textOf = (payload: unknown) => JSON.stringify({ type: 'command', id: 'c', name: 'relay', payload })

  async function send(texts: readonly string[]) {
    const { room, published } = openRelay(maxBytes)
    const { connection, frames } = createListener()
    await room.enter(frodo, connection, undefined)
    published.length = 0
    for (const text of texts) command(room, text)
    const rejected = frames.filter(({ type }) => type === 'reject')
    return { relayed: published.length, problems: rejected.map(({ problem }) => problem) }
  }

  it.each([
    ['x', 1],
    ['ж', 2],
    ['龍', 3],
    ['🎲', 4],
    ['"', 2],
    ['\u0001', 6],
  ])('counts bytes of JSON, of %j: at the limit, and one past it', async (letter, bytes) => {
    const room = maxBytes - 2
    const fitting = letter.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes)
    expect(Buffer.byteLength(JSON.stringify(fitting))).toBe(maxBytes)
    expect(await send([textOf(fitting)])).toEqual({ relayed: 1, problems: [] })
    const { relayed, problems } = await send([textOf(`${fitting}x`)])
    expect(relayed).toBe(0)
    expect(problems).toMatchObject([{ type: '/problems/too-large', status: 413 }])
  })

  it('counts what is relayed, whatever it was sent as: 1e20 is 21 digits', async () => {
    const short = `[${Array.from({ length: 110 }, () => '1e20').join(',')}]`
    expect(textOf(short).length * 3).toBeLessThan(maxBytes)
    const { relayed, problems } = await send([textOf(null).replace('null', short)])
    expect(relayed).toBe(0)
    expect(problems).toMatchObject([{ type: '/problems/too-large' }])
  })

  it('never passes on more than that, and refuses nothing that fits', async () => {
    const anyText = fc.oneof(
      fc.json(),
      fc
        .array(fc.constantFrom('1e20', '9E+19', '1e-6', '-0', '12'), { maxLength: 160, size: 'max' })
        .map((list) => `[${list.join(',')}]`),
      fc.string({ unit: 'grapheme', maxLength: 2_000, size: 'max' }).map((text) => JSON.stringify(text)),
    )
    await fc.assert(
      fc.asyncProperty(anyText, async (json) => {
        const fits = Buffer.byteLength(JSON.stringify(JSON.parse(json))) <= maxBytes
        const { relayed } = await send([textOf(0).replace(/0}$/, () => `${json}}`)])
        expect(relayed).toBe(fits ? 1 : 0)
      }),
    )
  })

  it('is the same for whoever comes without a socket', async () => {
    const { room } = openRelay(maxBytes)
    const by = { uuid: 'frodo', role: 'player' }
    const run = (payload: unknown) => room.execute(by, { id: 'c', name: 'relay', payload })
    expect(await run('ж'.repeat((maxBytes - 2) / 2))).toHaveLength(1)
    const outcome = await run(`${'ж'.repeat((maxBytes - 2) / 2)}x`).catch((error: unknown) => error)
    expect(outcome).toMatchObject({ code: 'too-large' })
  })
})

describe('Room: how it passes a payload on', () => {
  async function relay(payloads: readonly string[], { room, published } = openRelay()) {
    await room.enter(frodo, createListener().connection, undefined)
    published.length = 0
    for (const json of payloads)
      command(room, `{"type":"command","id":"c1","name":"relay","payload":${json}}`)
    return published.map((text) => text.slice(text.indexOf('"payload":') + '"payload":'.length, -1))
  }

  it('says the same JSON, whatever it is and whatever came before it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.json(), fc.constantFrom('-0', '0', '{"a":1,"a":2}'))),
        async (all) => {
          const relayed = await relay(all)
          expect(relayed.map((text) => JSON.stringify(JSON.parse(text)))).toEqual(
            all.map((text) => JSON.stringify(JSON.parse(text))),
          )
        },
      ),
    )
  })

  it('writes it as it came, without writing it anew', async () => {
    const asTheyCame = ['{"x": 1.50, "to": "\\u0041"}', '"\\u0041"', '[ ]', 'null']
    expect(await relay(asTheyCame)).toEqual(asTheyCame)
  })

  it('writes numbers anew that would be other numbers to other readers', async () => {
    expect(await relay(['[1e999]', '12345678901234567890', '{"n": 1E2}'])).toEqual([
      '[null]',
      '12345678901234567000',
      '{"n":100}',
    ])
  })

  it('writes a long one anew, so that what was measured is what goes out', async () => {
    expect(await relay([`[1,${' '.repeat(1_000)}2]`], openRelay(2_000))).toEqual(['[1,2]'])
  })

  it('writes what a rule made of it as the rule made it', async () => {
    const decide: typeof relayRoom.decide = (_state, _by, { payload }) => ({
      events: [null, payload, [payload]].map((each) => ({ name: 'relayed', payload: each })),
    })
    const relayed = await relay(['{"a": 1}', '"x"'], openRelay(undefined, { decide }))
    expect(relayed).toEqual(['null', '{"a": 1}', '[{"a":1}]', 'null', '"x"', '["x"]'])
  })

  it('quotes what needs it: the id of a command, in whatever spelling it came', async () => {
    const { room, published } = openRelay()
    await room.enter(frodo, createListener().connection, undefined)
    const ids = ['c1', 'é', '"', '\\', '\u0001', '🎲', '</script>', ' ', 'c1']
    published.length = 0
    for (const id of ids) command(room, JSON.stringify({ type: 'command', id, name: 'relay', payload: 1 }))
    expect(published.map((text) => (JSON.parse(text) as { ref: string }).ref)).toEqual(ids)
  })
})

function heapBytes(): number {
  Bun.gc(true)
  const { heapSize, extraMemorySize } = heapStats()
  return heapSize + extraMemorySize
}
