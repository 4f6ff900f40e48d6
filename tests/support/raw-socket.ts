import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { ServerFrame } from '@innkeeper/protocol/frames'
import { FrameReader, frameBytes, opcodes } from './raw-frames'

/** What is sent with the upgrade. Everything can be said wrong on purpose. */
export interface RawSocketOptions {
  readonly method?: string
  /** Added to the usual ones; the same name replaces a usual one, `undefined` leaves it out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly protocols?: readonly string[]
  readonly origin?: string
  /** Bytes right behind the head, in the same write. */
  readonly behind?: string | Uint8Array
}

/** How a socket ended: 1005 without a code, 1006 without a close frame. */
export interface SocketEnd {
  readonly code: number
  readonly reason: {
    readonly type?: string
    readonly retryAfterMs?: number
    readonly [extra: string]: unknown
  }
}

type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { readonly type: Type }>

const patienceMs = 5_000
const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/**
 * A WebSocket over bare TCP, so that every header and byte can be sent and seen. It answers pings as long as it reads;
 * a paused one is a peer that has gone silent without a word.
 */
export class RawSocket {
  /** Every text frame, in the order of arrival, for as long as the socket lives. */
  readonly received: ServerFrame[] = []
  readonly headers = new Map<string, string>()
  status = 0
  /** What came with an answer that is not 101, or behind a close. */
  body = ''
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  readonly #opened = Promise.withResolvers<undefined>()
  readonly #ended = Promise.withResolvers<SocketEnd>()
  readonly #waiting = new Set<() => void>()
  #taken = 0
  #end: SocketEnd | undefined
  #head = ''

  constructor(url: string, request: string | Uint8Array) {
    const { hostname, port } = new URL(url)
    this.#socket = connect(Number(port), hostname, () => this.#socket.write(request))
    this.#socket.setNoDelay(true)
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.on('error', () => {}) // A reset is an end like any other; `close` follows.
    this.#socket.on('close', () => this.#finish({ code: 1006, reason: {} }))
  }

  /** Resolves when the head of the answer is here, whatever it says. */
  get opened(): Promise<undefined> {
    return this.#opened.promise
  }

  get end(): SocketEnd | undefined {
    return this.#end
  }

  /** The next frame of this type, counted from the last one taken; what lies between is skipped. */
  async next<Type extends ServerFrame['type']>(
    type: Type,
    match: (frame: FrameOf<Type>) => boolean = () => true,
    ms = patienceMs,
  ): Promise<FrameOf<Type>> {
    const isWanted = (frame: ServerFrame): frame is FrameOf<Type> =>
      frame.type === type && match(parseFrameOf<Type>(frame))
    const find = () => {
      const at = this.received.findIndex((frame, index) => index >= this.#taken && isWanted(frame))
      if (at < 0) return undefined
      this.#taken = at + 1
      return parseFrameOf<Type>(this.received[at])
    }
    const found = await this.#until(() => find() ?? (this.#end ? 'over' : undefined), ms)
    if (found === undefined || found === 'over') throw new Error(`No ${type} frame: ${this.describe()}`)
    return found
  }

  /** How it ended. @throws Error when it is still open after `ms` */
  async ended(ms = patienceMs): Promise<SocketEnd> {
    const end = await this.#until(() => this.#end, ms)
    if (!end) throw new Error(`Still open after ${ms} ms: ${this.describe()}`)
    return end
  }

  /** The close code. @throws Error when it is still open after `ms` */
  async closeCode(ms = patienceMs): Promise<number> {
    return (await this.ended(ms)).code
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame))
  }

  sendText(text: string): void {
    this.frame(opcodes.text, Buffer.from(text))
  }

  command(id: string, payload: unknown, name = 'relay'): void {
    this.send({ type: 'command', id, name, payload })
  }

  /** Any frame at all. `first` is the whole first byte: FIN, RSV and opcode. */
  frame(
    first: number,
    payload: Uint8Array = Buffer.alloc(0),
    options: { readonly masked?: boolean } = {},
  ): void {
    this.write(frameBytes(first, payload, options.masked ?? true))
  }

  write(bytes: string | Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes)
  }

  /** Reads nothing and answers nothing any more: what a laptop does whose lid was closed. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** The line drops: no close frame. */
  drop(): void {
    this.#socket.destroy()
  }

  /** Says goodbye, and waits for the answer. */
  async close(code = 1000): Promise<void> {
    const payload = Buffer.alloc(2)
    payload.writeUInt16BE(code)
    this.frame(opcodes.close, payload)
    await this.#ended.promise
    this.#socket.destroy()
  }

  describe(): string {
    const tail = this.received.slice(-5).map((frame) => JSON.stringify(frame).slice(0, 120))
    return `status ${this.status}, end ${JSON.stringify(this.#end)}, latest ${tail.join(' ')}`
  }

  #take(chunk: Uint8Array): void {
    if (this.status === 0) return this.#takeHead(chunk)
    if (this.status !== 101) {
      this.body += Buffer.from(chunk).toString()
      return
    }
    for (const { opcode, payload } of this.#reader.push(chunk)) this.#takeFrame(opcode, payload)
    this.#wake()
  }

  #takeFrame(opcode: number, payload: Buffer): void {
    switch (opcode | 0x80) {
      case opcodes.text:
        this.received.push(parseServerFrame(payload.toString()))
        return
      case opcodes.ping:
        return this.frame(opcodes.pong, payload)
      case opcodes.close: {
        const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
        this.#finish({ code, reason: parseReason(payload.subarray(2).toString()) })
        this.#socket.end()
        return
      }
    }
  }

  #takeHead(chunk: Uint8Array): void {
    this.#head += Buffer.from(chunk).toString('latin1')
    const end = this.#head.indexOf('\r\n\r\n')
    if (end < 0) return
    const [first = '', ...lines] = this.#head.slice(0, end).split('\r\n')
    this.status = Number(first.split(' ')[1])
    for (const line of lines) {
      const colon = line.indexOf(':')
      this.headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
    }
    const rest = Buffer.from(this.#head.slice(end + 4), 'latin1')
    this.#opened.resolve(undefined)
    if (rest.length > 0) this.#take(rest)
  }

  #finish(end: SocketEnd): void {
    if (this.#end) return
    this.#end = end
    this.#opened.resolve(undefined)
    this.#ended.resolve(end)
    this.#wake()
  }

  #wake(): void {
    for (const look of this.#waiting) look()
  }

  async #until<Value>(look: () => Value | undefined, ms: number): Promise<Value | undefined> {
    const now = look()
    if (now !== undefined) return now
    const found = Promise.withResolvers<Value | undefined>()
    const again = () => {
      const value = look()
      if (value !== undefined) found.resolve(value)
    }
    const timer = setTimeout(() => found.resolve(undefined), ms)
    this.#waiting.add(again)
    const value = await found.promise
    clearTimeout(timer)
    this.#waiting.delete(again)
    return value
  }
}

/** Opens a socket and waits for the answer to its upgrade; `status` is 101 when it was let in. */
export async function openSocket(url: string, options: RawSocketOptions = {}): Promise<RawSocket> {
  const key = randomBytes(16).toString('base64')
  const socket = new RawSocket(url, requestBytes(url, key, options))
  await socket.opened
  const accept = createHash('sha1').update(`${key}${magic}`).digest('base64')
  if (
    socket.status === 101 &&
    !options.headers?.['Sec-WebSocket-Key'] &&
    socket.headers.get('sec-websocket-accept') !== accept
  )
    throw new Error('The answer does not prove that the upgrade was understood')
  return socket
}

/** The bytes of an upgrade request. */
export function requestBytes(url: string, key: string, options: RawSocketOptions): Buffer {
  const { host, pathname, search } = new URL(url)
  const headers: Record<string, string | undefined> = {
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': key,
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Protocol': options.protocols?.join(', '),
    Origin: options.origin,
    ...options.headers,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  )
  const head = [`${options.method ?? 'GET'} ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head), Buffer.from(options.behind ?? '')])
}

function parseServerFrame(text: string): ServerFrame {
  return JSON.parse(text) as ServerFrame
}

function parseFrameOf<Type extends ServerFrame['type']>(frame: unknown): FrameOf<Type> {
  return frame as FrameOf<Type>
}

/** Ours are JSON; what the runtime closes by itself says so in words. */
function parseReason(text: string): SocketEnd['reason'] {
  return text.startsWith('{') ? (JSON.parse(text) as SocketEnd['reason']) : { type: text }
}
