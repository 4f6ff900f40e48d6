import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent, RoomType, Viewer } from '../room-type'

/** Sends one text to every socket that subscribed to the topic. */
export type Publish = (topic: string, text: string) => void

/** The frame of an event as `viewer` may see it: text for the socket. */
export function encodeFor(type: RoomType, event: Recorded<RoomEvent>, viewer: Viewer): string {
  return encodeEvent(type.viewEvent(event, viewer), event.seq)
}

/** @param visible  null: the viewer may know that something has this `seq`, and nothing else */
function encodeEvent(visible: Recorded<RoomEvent> | null, seq: number): string {
  if (visible === null) return `{"type":"event","seq":${seq},"name":"hidden"}`
  const { at, by, ref, name, payload } = visible
  // JSON leaves an undefined `ref` out.
  return JSON.stringify({ type: 'event', seq, at, by, ref, name, payload })
}

/** The topics that a viewer's socket listens to: all that this room type may publish to. */
export function topicsOf(type: RoomType, roomId: RoomId, viewer: Viewer): readonly string[] {
  const topics = [everyoneTopic(roomId)]
  if (type.finestAudience !== 'everyone') topics.push(roleTopic(roomId, viewer.role))
  if (type.finestAudience === 'player') topics.push(playerTopic(roomId, viewer.uuid))
  return topics
}

export function everyoneTopic(roomId: RoomId): string {
  return `room:${roomId}`
}

/** Where an event goes: the room, and who is inside, one entry per player. */
export interface Destination {
  readonly type: RoomType
  readonly id: RoomId
  readonly viewers: () => Iterable<Viewer>
}

/** Publishes an event: encoded once per audience, never once per socket. */
export function publishEvent(publish: Publish, { type, id, viewers }: Destination, event: Recorded<RoomEvent>): void {
  switch (type.audienceOf(event)) {
    case 'everyone':
      publish(everyoneTopic(id), encodeFor(type, event, anyone(type)))
      return
    case 'role':
      for (const role of type.roles) publish(roleTopic(id, role), encodeFor(type, event, { uuid: '', role }))
      return
    case 'player':
      for (const viewer of viewers()) publish(playerTopic(id, viewer.uuid), encodeFor(type, event, viewer))
      return
  }
}

/** An event for everyone looks the same to all, so any viewer will do. */
function anyone(type: RoomType): Viewer {
  return { uuid: '', role: type.roles[0] ?? '' }
}

const roleTopic = (roomId: RoomId, role: string): string => `room:${roomId}:role:${role}`
const playerTopic = (roomId: RoomId, uuid: string): string => `room:${roomId}:player:${uuid}`
