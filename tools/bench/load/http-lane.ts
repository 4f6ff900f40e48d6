/** What came back, as text. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** What came back, as bytes: the body is from `bodyAt` to `end`, only valid during the call. */
export interface RawAnswer {
  readonly status: number
  readonly bytes: Buffer
  readonly bodyAt: number
  readonly end: number
}

/**
 * One keep-alive HTTP connection with one request at a time. Understands `Content-Length` and nothing else, so that
 * it costs little.
 */
export class HttpLane {
  #socket: Bun.Socket<HttpLane> | undefined
  #buffered: Buffer | undefined
  #unsent: Buffer | undefined
  #onAnswer: (answer: RawAnswer) => void = () => {}
  #onLost: (reason: Error) => void = () => {}

  static async open(port: number): Promise<HttpLane> {
    const lane = new HttpLane()
    await Bun.connect<HttpLane>({ hostname: '127.0.0.1', port, data: lane, socket: socketEvents })
    return lane
  }

  attach(socket: Bun.Socket<HttpLane>): void {
    this.#socket = socket
    socket.setNoDelay(true)
  }

  /** Asks, and calls back with the bytes of the answer: for loops that count. */
  ask(request: Buffer, onAnswer: (answer: RawAnswer) => void, onLost: (reason: Error) => void): void {
    this.#onAnswer = onAnswer
    this.#onLost = onLost
    this.#write(request)
  }

  /** Asks, and reads the body: for single requests. */
  fetch(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.ask(
        request,
        ({ status, bytes, bodyAt, end }) => resolve({ status, body: bytes.toString('utf8', bodyAt, end) }),
        reject,
      )
    })
  }

  end(): void {
    this.#onLost = () => {}
    this.#socket?.terminate()
  }

  drain(): void {
    const rest = this.#unsent
    this.#unsent = undefined
    if (rest) this.#write(rest)
  }

  lost(reason: string): void {
    this.#onLost(new Error(`HTTP connection lost: ${reason}`))
  }

  receive(chunk: Buffer): void {
    const bytes = this.#buffered ? Buffer.concat([this.#buffered, chunk]) : chunk
    this.#buffered = undefined
    const headEnd = bytes.indexOf('\r\n\r\n')
    const end = headEnd < 0 ? Infinity : headEnd + 4 + bodyBytes(bytes, headEnd)
    if (bytes.length < end) this.#buffered = bytes
    else this.#onAnswer({ status: Number(bytes.toString('latin1', 9, 12)), bytes, bodyAt: headEnd + 4, end })
  }

  #write(bytes: Buffer): void {
    const taken = Math.max(0, this.#socket?.write(bytes) ?? 0)
    if (taken < bytes.length) this.#unsent = Buffer.from(bytes.subarray(taken))
  }
}

function bodyBytes(bytes: Buffer, headEnd: number): number {
  const match = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, headEnd))
  if (!match) throw new Error(`No Content-Length in: ${bytes.toString('latin1', 0, headEnd)}`)
  return Number(match[1])
}

const socketEvents: Bun.SocketHandler<HttpLane> = {
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
    socket.data.lost('closed')
  },
  error(socket, error) {
    socket.data.lost(error.message)
  },
}
