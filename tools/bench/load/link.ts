import { clientFrame, opcodes } from './frames'

/** One frame's payload: `bytes` from `start` to `end`. The object is used again for the next one. */
export interface Frame {
  opcode: number
  bytes: Buffer
  start: number
  end: number
}

/** Who listens to a link. A frame is only valid during the call. */
export interface LinkListener {
  frame(link: Link, frame: Frame): void
  /** After all frames that arrived together. */
  settled?(link: Link): void
  closed(link: Link, reason: string): void
}

/** One WebSocket over a plain TCP socket: upgrade, frames by length, pongs. Text is not decoded here. */
export class Link {
  listener: LinkListener
  #socket: Bun.Socket<Link> | undefined
  #isUpgraded = false
  #isEnded = false
  readonly #frame: Frame = { opcode: 0, bytes: Buffer.alloc(0), start: 0, end: 0 }
  #tail: Buffer | undefined
  #unsent: Buffer | undefined

  private constructor(listener: LinkListener) {
    this.listener = listener
  }

  /** @param upgradeRequest  the whole HTTP request */
  static async open(port: number, upgradeRequest: Buffer, listener: LinkListener): Promise<Link> {
    const link = new Link(listener)
    await Bun.connect<Link>({ hostname: '127.0.0.1', port, data: link, socket: socketEvents })
    link.send(upgradeRequest)
    return link
  }

  attach(socket: Bun.Socket<Link>): void {
    this.#socket = socket
    socket.setNoDelay(true)
  }

  send(bytes: Buffer): void {
    if (this.#isEnded) return
    if (this.#unsent) {
      this.#unsent = Buffer.concat([this.#unsent, bytes])
      return
    }
    const taken = Math.max(0, this.#socket?.write(bytes) ?? 0)
    if (taken < bytes.length) this.#unsent = Buffer.from(bytes.subarray(taken))
  }

  drain(): void {
    const rest = this.#unsent
    this.#unsent = undefined
    if (rest) this.send(rest)
  }

  end(): void {
    this.#isEnded = true
    this.#socket?.terminate()
  }

  lost(reason: string): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.listener.closed(this, reason)
  }

  receive(chunk: Buffer): void {
    const bytes = this.#tail ? Buffer.concat([this.#tail, chunk]) : chunk
    this.#tail = undefined
    const from = this.#isUpgraded ? 0 : this.#readUpgrade(bytes)
    const rest = from < 0 ? 0 : this.#readFrames(bytes, from)
    if (rest < bytes.length) this.#tail = Buffer.from(bytes.subarray(rest))
    this.listener.settled?.(this)
  }

  /** @returns where the frames begin, or -1 while the answer is not complete */
  #readUpgrade(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return -1
    if (!bytes.subarray(0, 12).equals(switching)) this.lost(bytes.toString('latin1', 0, 400))
    this.#isUpgraded = true
    return end + 4
  }

  /** @returns where an incomplete frame begins */
  #readFrames(bytes: Buffer, from: number): number {
    const frame = this.#frame
    frame.bytes = bytes
    const end = bytes.length
    let at = from
    while (end - at >= 2) {
      const first = bytes[at] ?? 0
      let payloadBytes = bytes[at + 1] ?? 0
      let head = 2
      if (payloadBytes === 126) {
        if (end - at < 4) break
        payloadBytes = bytes.readUInt16BE(at + 2)
        head = 4
      } else if (payloadBytes === 127) {
        if (end - at < 10) break
        payloadBytes = bytes.readUInt32BE(at + 6)
        head = 10
      }
      const next = at + head + payloadBytes
      if (next > end) break
      frame.opcode = first & 15
      frame.start = at + head
      frame.end = next
      this.#deliver(frame)
      at = next
    }
    return at
  }

  #deliver(frame: Frame): void {
    const { opcode, bytes, start, end } = frame
    if (opcode === opcodes.text || opcode === opcodes.binary) {
      this.listener.frame(this, frame)
    } else if (opcode === opcodes.ping) {
      this.send(clientFrame(opcodes.pong, bytes.subarray(start, end)))
    } else if (opcode === opcodes.close) {
      this.lost(`closed with ${bytes.readUInt16BE(start)} ${bytes.toString('utf8', start + 2, end)}`)
    }
  }
}

const switching = Buffer.from('HTTP/1.1 101')

const socketEvents: Bun.SocketHandler<Link> = {
  open(socket) {
    socket.data.attach(socket)
  },
  data(socket, chunk) {
    socket.data.receive(chunk)
  },
  drain(socket) {
    socket.data.drain()
  },
  close(socket) {
    socket.data.lost('the connection was closed')
  },
  error(socket, error) {
    socket.data.lost(error.message)
  },
}
