import type { RoomId } from '@innkeeper/protocol/ids'
import type { Recorded, RoomEvent, RoomType, Viewer } from '../room-type'
import type { KeptEvent } from './history'

/** Sends one text to every socket that subscribed to the topic. */
export type Publish = (topic: string, text: string) => void

/** A command, and how its sender wrote the payload; its id has nothing in it to escape. */
interface Heard {
  readonly id: string
  readonly payload?: unknown
  readonly payloadText: string
}

/**
 * Makes the frames of one room's events. This is where a game's messages spend their time, so nothing is written twice:
 * what many events share (who, when, the event's name) is written once, and what a command's event passes on as it came
 * goes out in the text that it came in.
 */
export class EventEncoder {
  readonly #byParts = new Map<string, string>()
  readonly #atPart = new Latest((at: number) => `,"at":${at}`)
  readonly #namePart = new Latest((name: string) => `,"name":${quote(name)}`)
  readonly #frame = new Latest((event: Recorded<RoomEvent>) => this.encodeFor(event, this.#anyone))
  readonly #anyone: Viewer
  #heard: Heard | undefined

  constructor(readonly type: RoomType) {
    this.#anyone = { uuid: '', role: type.roles[0] ?? '' }
  }

  /** Remembers how a command was written: an event with this very payload is written the same. */
  hear(command: Heard): void {
    this.#heard = command
  }

  /** @returns the frame as `viewer` may see it */
  encodeFor(event: Recorded<RoomEvent>, viewer: Viewer): string {
    const visible = this.type.viewEvent(event, viewer)
    return visible === null ? `{"type":"event","seq":${event.seq},"name":"hidden"}` : this.#encode(visible)
  }

  /** @returns the frame that everyone gets; the second time for one event costs nothing */
  encodeForEveryone(event: Recorded<RoomEvent>): string {
    // An event for everyone looks the same to all, so any viewer will do.
    return this.#frame.of(event)
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
    const refPart = ref === undefined ? '' : `,"ref":${ref === this.#heard?.id ? `"${ref}"` : quote(ref)}`
    const payloadPart = payload === undefined ? '' : `,"payload":${this.#write(payload)}`
    const atPart = this.#atPart.of(at)
    const byPart = this.#byPart(by)
    const namePart = this.#namePart.of(name)
    return `{"type":"event","seq":${seq}${atPart}${byPart}${refPart}${namePart}${payloadPart}}`
  }

  #write(payload: unknown): string {
    const heard = this.#heard
    return heard && Object.is(payload, heard.payload) && isSpelledOut(heard)
      ? heard.payloadText
      : JSON.stringify(payload)
  }

  #byPart(by: string): string {
    const known = this.#byParts.get(by)
    if (known !== undefined) return known
    // Players come and go for as long as a room lives.
    if (this.#byParts.size >= maxByParts) this.#byParts.clear()
    const part = `,"by":${quote(by)}`
    this.#byParts.set(by, part)
    return part
  }
}

const maxByParts = 2_000

/** A value's text, written anew only where the value is not the one before. */
class Latest<Value> {
  #value: Value | undefined
  #text = ''

  constructor(readonly write: (value: Value) => string) {}

  of(value: Value): string {
    if (value !== this.#value) {
      this.#text = this.write(value)
      this.#value = value
    }
    return this.#text
  }
}

/** Nothing in it that JSON escapes. */
const plainText = /^[ !#-[\]-~]*$/

function quote(text: string): string {
  return plainText.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** A digit before an exponent or a long row of digits: `1e999` and `12345678901234567890` are other numbers here. */
const unusualNumber = /\d(?:[eE]|\d{15})/

/** @returns whether everyone who reads the text of the payload finds in it what we found */
function isSpelledOut({ payload, payloadText }: Heard): boolean {
  return typeof payload === 'string' || !unusualNumber.test(payloadText)
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
  readonly id: RoomId
  /** `everyoneTopic` of the room: made once, not for every message. */
  readonly topic: string
  readonly encoder: EventEncoder
  readonly viewers: () => Iterable<Viewer>
}

/** Publishes an event: encoded once per audience, never once per socket. */
export function publishEvent(
  publish: Publish,
  { encoder, id, topic, viewers }: Destination,
  event: Recorded<RoomEvent>,
): void {
  const { type } = encoder
  switch (type.audienceOf(event)) {
    case 'everyone':
      publish(topic, encoder.encodeForEveryone(event))
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
