import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent, RoomType, Viewer } from '../room-type'
import type { KeptEvent } from './history'

/** Sends one text to every socket that subscribed to the topic. */
export type Publish = (topic: string, text: string) => void

/**
 * Makes the frames of one room's events. What many events share (who, and the event's name) is quoted once: this is
 * where a game's messages spend their time.
 */
export class EventEncoder {
  readonly #quoted = new Map<string, string>()
  readonly #anyone: Viewer
  #last: { readonly event: Recorded<RoomEvent>; readonly text: string } | undefined

  constructor(readonly type: RoomType) {
    this.#anyone = { uuid: '', role: type.roles[0] ?? '' }
  }

  /** @returns the frame as `viewer` may see it */
  encodeFor(event: Recorded<RoomEvent>, viewer: Viewer): string {
    const visible = this.type.viewEvent(event, viewer)
    return visible === null ? `{"type":"event","seq":${event.seq},"name":"hidden"}` : this.#encode(visible)
  }

  /** @returns the frame that everyone gets; the second time for one event costs nothing */
  encodeForEveryone(event: Recorded<RoomEvent>): string {
    // An event for everyone looks the same to all, so any viewer will do.
    if (this.#last?.event !== event) this.#last = { event, text: this.encodeFor(event, this.#anyone) }
    return this.#last.text
  }

  /** @returns what the history keeps: the frame itself where everyone gets the same, else the whole event */
  encodeToKeep(event: Recorded<RoomEvent>): string {
    return this.type.finestAudience === 'everyone' ? this.encodeForEveryone(event) : this.#encode(event)
  }

  /** @returns the frame of a kept event as `viewer` may see it */
  replay(kept: KeptEvent, viewer: Viewer): string {
    return this.type.finestAudience === 'everyone' ? kept.text : this.encodeFor(parseKept(kept), viewer)
  }

  #encode({ seq, at, by, ref, name, payload }: Recorded<RoomEvent>): string {
    const head = `{"type":"event","seq":${seq},"at":${at},"by":${this.#quote(by)}`
    const refPart = ref === undefined ? '' : `,"ref":${JSON.stringify(ref)}`
    const payloadPart = payload === undefined ? '' : `,"payload":${JSON.stringify(payload)}`
    return `${head}${refPart},"name":${this.#quote(name)}${payloadPart}}`
  }

  #quote(text: string): string {
    const known = this.#quoted.get(text)
    if (known !== undefined) return known
    // Players come and go for as long as a room lives.
    if (this.#quoted.size >= maxQuoted) this.#quoted.clear()
    const quoted = JSON.stringify(text)
    this.#quoted.set(text, quoted)
    return quoted
  }
}

const maxQuoted = 2_000

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
  readonly id: RoomId
  readonly encoder: EventEncoder
  readonly viewers: () => Iterable<Viewer>
}

/** Publishes an event: encoded once per audience, never once per socket. */
export function publishEvent(
  publish: Publish,
  { encoder, id, viewers }: Destination,
  event: Recorded<RoomEvent>,
): void {
  const { type } = encoder
  switch (type.audienceOf(event)) {
    case 'everyone':
      publish(everyoneTopic(id), encoder.encodeForEveryone(event))
      return
    case 'role':
      for (const role of type.roles)
        publish(roleTopic(id, role), encoder.encodeFor(event, { uuid: '', role }))
      return
    case 'player':
      for (const viewer of viewers()) publish(playerTopic(id, viewer.uuid), encoder.encodeFor(event, viewer))
      return
  }
}

/** Reads back what `encodeToKeep` wrote. */
export function parseKept({ text }: KeptEvent): Recorded<RoomEvent> {
  return JSON.parse(text) as Recorded<RoomEvent>
}

const roleTopic = (roomId: RoomId, role: string): string => `room:${roomId}:role:${role}`
const playerTopic = (roomId: RoomId, uuid: string): string => `room:${roomId}:player:${uuid}`
