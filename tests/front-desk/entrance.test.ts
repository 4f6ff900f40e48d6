import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { relayRoom } from '@innkeeper/rooms/relay/relay-room'
import type { Wire } from '@innkeeper/rooms/gateway/connection'
import { joinAsGuest, startRoomNode, type RoomNode } from './room-node'

let node: RoomNode

beforeAll(() => {
  node = startRoomNode({ types: [relayRoom] })
})
afterAll(() => node.stop())

/** A socket that only remembers: whatever it has when `opened` returns leaves with the answer to the upgrade. */
function memoWire(sent: string[], topics: string[]): Wire {
  return {
    send: (text) => void sent.push(text),
    close: (code, reason) => void sent.push(`closed with ${code} ${reason}`),
    subscribe: (topic) => void topics.push(topic),
    unsubscribe: () => {},
    ping: () => {},
    getBufferedAmount: () => 0,
  }
}

function openAt({ gateway }: RoomNode['opened'], roomId: string, ticket: string) {
  const request = new Request(`${node.url}/enterRoom/${roomId}`, {
    headers: { authorization: `Bearer ${ticket}` },
  })
  const { connection } = gateway.upgrade(request, '127.0.0.1')
  const [sent, topics]: [string[], string[]] = [[], []]
  gateway.opened(connection, memoWire(sent, topics))
  return { sent, topics, close: () => gateway.closed(connection, 1000) }
}

describe('an entry whose answers are all in memory', () => {
  it('is welcomed, and hears the room, before the answer to the upgrade has left', async () => {
    const { id } = (await node.create(relayRoom)).record
    const { socket: first } = await joinAsGuest(node, id)
    const { ticket, player } = await node.guest(id)
    const { sent, topics, close } = openAt(node.opened, id, ticket)
    expect(sent).toHaveLength(1)
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({
      type: 'welcome',
      roomId: id,
      you: { uuid: player.uuid },
    })
    expect(topics).toEqual([`room:${id}`])
    expect(await first.next('presence')).toMatchObject({ uuid: player.uuid, status: 'online' })
    close()
    await first.close()
  })

  it('is turned away as early', async () => {
    const { id } = (await node.create(relayRoom)).record
    const { sent } = openAt(node.opened, id, 'no.ticket.atall')
    expect(sent).toEqual([`closed with 4401 {"type":"/problems/token-invalid"}`])
  })
})
