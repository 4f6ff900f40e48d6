import type { Dialect } from './dialects'
import { MessageStrip } from './frames'
import type { Frame, Link, LinkListener } from './link'

/** What all members of a fan-out run share. */
export class FanOut {
  deliveries = 0
  frameBytes = 0
  isSending = false
  readonly problems: string[] = []

  readonly dialect: Dialect
  readonly sendersPerRoom: number
  readonly maxInFlight: number
  readonly isFlood: boolean

  constructor(options: Pick<FanOut, 'dialect' | 'sendersPerRoom' | 'maxInFlight' | 'isFlood'>) {
    this.dialect = options.dialect
    this.sendersPerRoom = options.sendersPerRoom
    this.maxInFlight = options.maxInFlight
    this.isFlood = options.isFlood
  }

  report(problem: string): void {
    if (this.problems.length < 5) this.problems.push(problem)
  }
}

/** One room of a run: how much its senders have sent. */
export class FanOutRoom {
  sent = 0

  /** @param firstSenderId  senders are numbered through all rooms, so that a message in a wrong room is noticed */
  constructor(readonly firstSenderId: number) {}
}

const digit0 = 48
const markerByte = 60

/**
 * A member of a room: counts what arrives, checks for each delivery that it is of this room, the next one of its
 * sender and the next one of the room, and, as a sender, answers each own message that came back with a new one.
 */
export class Member implements LinkListener {
  received = 0
  link: Link | undefined
  readonly #run: FanOut
  readonly #room: FanOutRoom
  readonly #strip: MessageStrip | undefined
  readonly #senderId: number
  /** By sender of the room: the number that their next message must carry. */
  readonly #expected: Uint32Array
  #echoes = 0
  #sent = 0
  #lastSequence = -1
  /** Learnt from the first delivery: where the marker stands from the end, and the sequence from the start. */
  #markerFromEnd = 0
  #sequenceAt = 0

  /** @param senderId  -1 for those who only listen */
  constructor(run: FanOut, room: FanOutRoom, senderId: number) {
    this.#run = run
    this.#room = room
    this.#senderId = senderId
    this.#expected = new Uint32Array(run.sendersPerRoom)
    if (senderId < 0) return
    const { opcode, payload } = run.dialect.message(senderId)
    this.#strip = new MessageStrip(opcode, payload, run.maxInFlight)
  }

  send(count: number): void {
    if (!this.#strip) return
    this.link?.send(this.#strip.take(this.#sent, count))
    this.#sent += count
    this.#room.sent += count
  }

  frame(link: Link, frame: Frame): void {
    const { bytes, start, end } = frame
    const { delivery } = this.#run.dialect
    if (bytes[start + delivery.at] !== delivery.byte) {
      this.#run.dialect.other?.(link, frame)
      return
    }
    this.received++
    this.#run.deliveries++
    if (this.#markerFromEnd === 0) this.#learn(bytes, start, end)
    this.#checkSender(bytes, end - this.#markerFromEnd)
    if (this.#sequenceAt > 0) this.#checkSequence(bytes, start + this.#sequenceAt)
  }

  settled(): void {
    const echoes = this.#echoes
    if (echoes === 0 || !this.#run.isSending || this.#run.isFlood) return
    this.#echoes = 0
    this.send(echoes)
  }

  closed(_link: Link, reason: string): void {
    this.#run.report(`A member was disconnected: ${reason}`)
  }

  get isComplete(): boolean {
    return this.received === this.#room.sent
  }

  /** After a window all own messages are back; a new one starts from nothing. */
  forgetEchoes(): void {
    this.#echoes = 0
  }

  #learn(bytes: Buffer, start: number, end: number): void {
    const { sequenceKey } = this.#run.dialect
    this.#run.frameBytes = end - start
    this.#markerFromEnd = end - bytes.indexOf('<<', start)
    this.#sequenceAt = sequenceKey ? bytes.indexOf(sequenceKey, start) - start + sequenceKey.length : 0
  }

  #checkSender(bytes: Buffer, at: number): void {
    if (bytes[at] !== markerByte) this.#run.report('A delivery without its marker')
    const senderId = number(bytes, at + 2, 4)
    if (senderId === this.#senderId) this.#echoes++
    const index = senderId - this.#room.firstSenderId
    const count = number(bytes, at + 7, 8)
    if (this.#expected[index] !== count && !this.#run.isFlood) {
      this.#run.report(`Expected message ${this.#expected[index]} of sender ${senderId}, got ${count}`)
    }
    this.#expected[index] = count + 1
  }

  #checkSequence(bytes: Buffer, from: number): void {
    let sequence = 0
    for (let at = from; ; at++) {
      const digit = (bytes[at] ?? 0) - digit0
      if (digit < 0 || digit > 9) break
      sequence = sequence * 10 + digit
    }
    if (this.#lastSequence >= 0 && sequence !== this.#lastSequence + 1) {
      this.#run.report(`Expected seq ${this.#lastSequence + 1}, got ${sequence}`)
    }
    this.#lastSequence = sequence
  }
}

function number(bytes: Buffer, from: number, digits: number): number {
  let value = 0
  for (let at = from; at < from + digits; at++) value = value * 10 + (bytes[at] ?? 0) - digit0
  return value
}
