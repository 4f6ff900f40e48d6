import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { parsePlayerUuid } from '@innkeeper/protocol/ids'
import { writeTicketAnswer } from './ticket-answer'

const uuid = parsePlayerUuid('guest:Wren#0123456789abcdefghijkl')

describe('the answer with a ticket', () => {
  it('reads back as what was written, whatever a player is called', () => {
    if (uuid === undefined) throw new Error('This is the uuid of a guest')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (nick) => {
        const url = 'wss://play.example:7777/enterRoom/01990000-0000-7000-8000-000000000001'
        const answer = { ticket: 'eyJh_-.eyJp.c2ln', url, expiresIn: 1_800, player: { uuid, nick } }
        expect(JSON.parse(writeTicketAnswer(answer))).toEqual(answer)
      }),
    )
  })
})
