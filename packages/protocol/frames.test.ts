import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { clientFrame, parseClientFrame, type ClientFrame } from './frames'
import { limits } from './limits'
import { serverFrame } from './server-frames'

const id = (length: number): string => 'i'.repeat(length)
const command = { type: 'command', id: 'c1', name: 'relay', payload: { x: 1 } }

/** The long way: what every text must come out as, whichever way it is read. */
function bySchema(text: string): ClientFrame | undefined {
  try {
    return clientFrame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const expectSame = (actual: unknown, expected: unknown): void => expect(actual).toEqual(expected)

function expectAsBySchema(text: string): void {
  const frame = parseClientFrame(text)
  const expected = bySchema(text)
  if (frame?.type !== 'command') return expectSame(frame, expected)
  const { payloadText, ...rest } = frame
  // The texts as well: they show own members alone, and in their order.
  const payload = expected?.type === 'command' ? expected.payload : undefined
  expectSame([rest, JSON.stringify(rest.payload)], [expected, JSON.stringify(payload)])
  if (payloadText !== undefined) expectSame(JSON.parse(payloadText), rest.payload)
}

describe('parseClientFrame', () => {
  it('says the same as the schema, whatever comes', () => {
    const field = fc.oneof(
      fc.string(),
      fc.jsonValue(),
      fc.constantFrom('command', 'resume', 'renew', 'hello'),
    )
    const frame = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom('type', 'id', 'name', 'payload', 'since', 'ticket', '__proto__'), field),
      fc.record(
        { type: fc.constant('command'), id: field, name: field, payload: fc.jsonValue(), more: field },
        { requiredKeys: ['type'] },
      ),
      fc.record({ type: fc.constant('command'), id: fc.string(), name: fc.string() }),
    )
    fc.assert(
      fc.property(frame, (value) => expectAsBySchema(JSON.stringify(value))),
      { numRuns: 1_000 },
    )
  })

  it('says the same as the schema of any text that begins like a plain command', () => {
    const bit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom(
        ...['"', '\\', '\\"', '\\u0041', '\\ud800', '\ud800', '\u0000', '\n', 'é', '🎲', ' ', ''],
      ),
      fc.constantFrom(
        ...['{', '}', '[', ']', ',', ':', '1e999', '-0', '__proto__', '"__proto__":', '\ufeff'],
      ),
      fc.constantFrom('"type":"resume"', '"id":"b"', '"name":"b"', '"payload":2', '"payload":'),
    )
    const some = fc.array(bit, { maxLength: 3 }).map((bits) => bits.join(''))
    const word = fc.oneof(fc.stringMatching(/^[ -~]{0,70}$/), some)
    const payload = fc.oneof(fc.json(), fc.json({ maxDepth: 6 }), some)
    const tail = fc.oneof({ weight: 4, arbitrary: fc.constant('}') }, some)
    const parts = fc.tuple(word, word, payload, tail)
    fc.assert(
      fc.property(parts, fc.nat(1_000), ([id_, name, json, end], cut) => {
        const text = `{"type":"command","id":"${id_}","name":"${name}","payload":${json}${end}`
        expectAsBySchema(text)
        expectAsBySchema(text.slice(0, cut))
      }),
      { numRuns: 1_500 },
    )
  })

  it('has the payload at hand as it was written, and only where it stands alone', () => {
    const read = (payload: string) => {
      const frame = parseClientFrame(`{"type":"command","id":"c","name":"n","payload":${payload}}`)
      return frame?.type === 'command' ? frame.payloadText : undefined
    }
    expect(read('{"a": [1, 2.50]}')).toBe('{"a": [1, 2.50]}')
    expect(read('1,"payload":2')).toBeUndefined()
    expect(read('1}')).toBeUndefined()
    expect(parseClientFrame('{"type":"command","payload":1,"id":"c","name":"n"}')).not.toHaveProperty(
      'payloadText',
    )
  })

  it.each(['', ' ', '{', '[]', 'null', '{"type":"command","id":"c","name":"n","payload":1}}'])(
    'takes no %j',
    (text) => {
      expect(parseClientFrame(text)).toBeUndefined()
    },
  )

  it.each([
    ['an id at the limit', { ...command, id: id(limits.commandIdChars) }, true],
    ['an id one past it', { ...command, id: id(limits.commandIdChars + 1) }, false],
    ['a name at the limit', { ...command, name: id(limits.commandNameChars) }, true],
    ['a name one past it', { ...command, name: id(limits.commandNameChars + 1) }, false],
    ['a member too many', { ...command, token: 'x' }, false],
    ['no payload', { type: 'command', id: 'c1', name: 'relay' }, true],
    ['an own __proto__', JSON.parse('{"type":"command","id":"c1","name":"relay","__proto__":{}}'), false],
    ['an array', [command], false],
  ])('takes or refuses %s', (_what, value, isTaken) => {
    expect(parseClientFrame(JSON.stringify(value)) !== undefined).toBe(isTaken)
  })
})

describe('the schemas of what the server sends', () => {
  it.each([
    {
      type: 'welcome',
      roomId: 'r',
      you: { uuid: 'u', nick: 'n', role: 'player' },
      seq: 4,
      resumed: true,
      players: [],
      presentSince: 1_795_296_000_000,
    },
    { type: 'event', seq: 42, name: 'hidden' },
    { type: 'event', seq: 42, at: 1, by: 'u', ref: 'c1', name: 'relayed', payload: null },
    { type: 'presence', uuid: 'u', nick: 'n', status: 'away' },
    { type: 'expiring', inSeconds: 120 },
    { type: 'renewed', expiresIn: 1800 },
    { type: 'draining', reconnectInMs: 500 },
  ])('know %j', (frame) => {
    expect(serverFrame.safeParse(frame).success).toBe(true)
  })
})
