import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { isRefusal } from '../room-type'
import { roomLaw } from '../testing/room-law'
import { relayRoom } from './relay-room'

const payload = fc.option(fc.jsonValue(), { nil: undefined })

roomLaw(relayRoom, {
  options: fc.option(fc.jsonValue(), { nil: undefined }),
  players: fc.uniqueArray(fc.record({ uuid: fc.uuid(), nick: fc.string() }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ uuid }) => uuid,
  }),
  commands: fc.array(fc.record({ name: fc.constantFrom('relay', 'relay', 'relayed', ''), payload }), {
    maxLength: 12,
  }),
})

describe('relay room', () => {
  const by = { uuid: 'frodo', role: 'player' }
  const tools = { now: 0, random: { bytes: () => new Uint8Array(), uuid: () => '', below: () => 0 } }

  it('passes on what it is given, as it is', () => {
    fc.assert(
      fc.property(payload, (given) => {
        const parsed = relayRoom.parseCommand('relay', given)
        if (isRefusal(parsed)) throw new Error(parsed.detail)
        const decided = relayRoom.decide({}, by, parsed.command, tools)
        expect(JSON.stringify(decided)).toBe(
          JSON.stringify({ events: [{ name: 'relayed', payload: given ?? null }] }),
        )
      }),
    )
  })

  it('knows no other command', () => {
    expect(relayRoom.parseCommand('relayed', 1)).toMatchObject({ refused: 'bad-request' })
  })
})
