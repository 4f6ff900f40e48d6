import {
  parsePlayerUuid,
  parseRoomId,
  type ConnectionId,
  type NodeId,
  type PlayerUuid,
  type RoomId,
} from '@innkeeper/protocol/ids'
import { createRoomKey } from '@innkeeper/tokens/ticket-tokens'
import { randomBytes, randomUUID } from 'node:crypto'
import type { RingKey, RoomRecord } from '../room-record'

/** @returns the id of a room that no other test knows */
export function newRoomId(): RoomId {
  const id = parseRoomId(randomUUID())
  if (id === undefined) throw new Error('A UUID is a room id')
  return id
}

/** @param uuid  random when nothing is said */
export function playerUuid(uuid: string = randomUUID()): PlayerUuid {
  const parsed = parsePlayerUuid(uuid)
  if (parsed === undefined) throw new Error(`${uuid} is no player's uuid`)
  return parsed
}

export function newConnectionId(): ConnectionId {
  return randomUUID() as ConnectionId
}

export function newNodeId(): NodeId {
  return randomUUID() as NodeId
}

/** A listed room of type `relay`, other than `changes` say. */
export function testRecord(changes: Partial<RoomRecord> = {}): RoomRecord {
  return {
    id: newRoomId(),
    type: 'relay',
    name: 'The Prancing Pony',
    owner: playerUuid(),
    admission: 'anyone',
    guests: true,
    ranked: false,
    listed: true,
    maxPlayers: 6,
    options: { theme: 'inn', nested: [1, null, 'ü'] },
    createdAt: Date.now(),
    ...changes,
  }
}

/** One key of a room's ring. */
export function testKey({ id }: RoomRecord, generation = 1): RingKey {
  const bytes = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  return createRoomKey(id, generation, { bytes, uuid: randomUUID, below: () => 0 })
}
