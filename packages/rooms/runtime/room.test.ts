import { limits } from '@innkeeper/protocol/limits'
import { silentLog } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import { heapStats } from 'bun:jsc'
import fc from 'fast-check'
import { relayRoom } from '../relay/relay-room'
import type { RoomType } from '../room-type'
import { newConnectionId, testRecord } from '../testing/test-ids'
import { Room, type RoomConnection } from './room'

/** Takes whatever comes, as a socket does; keeps the frames for as long as they are looked at. */
function createListener() {
  const frames: { type: string; [part: string]: unknown }[] = []
  const connection: RoomConnection = {
    connectionId: newConnectionId(),
    send: (text) => void frames.push(JSON.parse(text) as (typeof frames)[number]),
    subscribe: () => {},
  }
  return { connection, frames }
}

/** Relays any JSON of so many bytes; the room is nobody's but the test's. */
function openRelay(maxPayloadBytes = relayRoom.maxPayloadBytes): { room: Room; published: string[] } {
  const published: string[] = []
  const type = { ...relayRoom, maxPayloadBytes } as unknown as RoomType
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
      const text = JSON.stringify({ id: `c${index}`, name: 'relay', payload })
      room.command('frodo', JSON.parse(text) as { id: string; name: string }, text.length)
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
    for (const text of texts)
      room.command('frodo', JSON.parse(text) as { id: string; name: string }, text.length)
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

function heapBytes(): number {
  Bun.gc(true)
  const { heapSize, extraMemorySize } = heapStats()
  return heapSize + extraMemorySize
}
