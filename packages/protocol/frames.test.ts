import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { clientFrame, parseClientFrame } from './frames'
import { limits } from './limits'
import { serverFrame } from './server-frames'

const id = (length: number): string => 'i'.repeat(length)
const command = { type: 'command', id: 'c1', name: 'relay', payload: { x: 1 } }

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
      fc.property(frame, (value) => {
        // As it comes off the wire.
        const parsed: unknown = JSON.parse(JSON.stringify(value))
        expect(parseClientFrame(parsed)).toEqual(clientFrame.safeParse(parsed).data)
      }),
      { numRuns: 2_000 },
    )
  })

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
    expect(parseClientFrame(value) !== undefined).toBe(isTaken)
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
