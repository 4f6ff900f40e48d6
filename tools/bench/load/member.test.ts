import { expect, it } from 'bun:test'
import { dialects } from './dialects'
import type { Link } from './link'
import { FanOut, FanOutRoom, Member } from './member'

/** A member of the second room, with senders 2 and 3, who hears the events that a server of ours would send. */
function createListener() {
  const run = new FanOut({ dialect: dialects.innkeeper, sendersPerRoom: 2, maxInFlight: 1, isFlood: false })
  const member = new Member(run, new FanOutRoom(2), -1)
  // A listener that only listens does not touch its link.
  const link = {} as Link
  return {
    run,
    member,
    hear(seq: number, senderId: number, count: number) {
      const marker = `<<${String(senderId).padStart(4, '0')}:${String(count).padStart(8, '0')}`
      const bytes = Buffer.from(`{"type":"event","seq":${seq},"at":1,"payload":"${marker}"}`)
      member.frame(link, { opcode: 1, bytes, start: 0, end: bytes.length })
    },
  }
}

it('takes each message once and in order without a word', () => {
  const { run, member, hear } = createListener()
  hear(9, 2, 0)
  hear(10, 3, 0)
  hear(11, 2, 1)
  expect(member.received).toBe(3)
  expect(run.problems).toEqual([])
})

it.each([
  { what: 'lost', seq: 12, senderId: 2, count: 2 },
  { what: 'twice', seq: 10, senderId: 3, count: 0 },
  { what: 'numbered wrongly by the room', seq: 13, senderId: 2, count: 1 },
  { what: 'from another room', seq: 11, senderId: 4, count: 0 },
])('notices a message that is $what', ({ seq, senderId, count }) => {
  const { run, hear } = createListener()
  hear(9, 2, 0)
  hear(10, 3, 0)
  hear(seq, senderId, count)
  expect(run.problems.length).toBeGreaterThan(0)
})

it('does not count what is no event', () => {
  const { member, run } = createListener()
  const bytes = Buffer.from('{"type":"presence","uuid":"u","nick":"n","status":"online"}')
  member.frame({} as Link, { opcode: 1, bytes, start: 0, end: bytes.length })
  expect([member.received, run.deliveries]).toEqual([0, 0])
})
