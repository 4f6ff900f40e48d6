import type { ServerWebSocket } from 'bun'

/** Resolves when `condition` holds; fails after 2 s, so that a broken promise shows as a failure and not as a hang. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 2_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('The awaited condition did not come true')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Time that stands still until a test moves it. */
export class ManualTimers {
  #nowMs = 1_000_000
  readonly #waiting = new Set<() => void>()

  readonly now = () => this.#nowMs
  readonly ticks = this.now
  readonly after = (_ms: number, work: () => void) => {
    this.#waiting.add(work)
    return () => void this.#waiting.delete(work)
  }

  get count(): number {
    return this.#waiting.size
  }

  advance(ms: number): void {
    this.#nowMs += ms
  }

  runAll(): void {
    const due = [...this.#waiting]
    this.#waiting.clear()
    for (const work of due) work()
  }
}

interface SocketData {
  readonly path: string
  readonly protocols: string | null
  readonly frames: Record<string, unknown>[]
}

/** One client's socket, as the test speaks through it. */
export class ScriptedSocket {
  constructor(
    readonly socket: ServerWebSocket<SocketData>,
    readonly me: string,
  ) {}

  get path(): string {
    return this.socket.data.path
  }

  get protocols(): string | null {
    return this.socket.data.protocols
  }

  sendText(text: string): void {
    this.socket.send(text)
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame))
  }

  welcome({ seq, resumed = false }: { seq: number; resumed?: boolean }): void {
    const you = { uuid: this.me, nick: 'Mira', role: 'gm' }
    this.send({
      type: 'welcome',
      roomId: 'r1',
      you,
      seq,
      resumed,
      players: [you],
      presentSince: 1,
      ...(resumed ? {} : { state: {} }),
    })
  }

  event(seq: number, fields: object = {}): void {
    this.send({ type: 'event', seq, name: 'happened', ...fields })
  }

  close(code: number, reason = ''): void {
    this.socket.close(code, reason)
  }

  async nextFrame(): Promise<Record<string, unknown>> {
    await until(() => this.socket.data.frames.length > 0)
    return this.socket.data.frames.shift() ?? {}
  }

  async nextCommand(): Promise<Record<string, unknown> & { id: string }> {
    const frame = await this.nextFrame()
    return { ...frame, id: String(frame['id']) }
  }
}

/** A real WebSocket server on a free port that says only what a test tells it to. */
export class ScriptedServer {
  readonly #sockets: ScriptedSocket[] = []
  readonly #server

  constructor(me: string) {
    this.#server = Bun.serve<SocketData>({
      port: 0,
      hostname: '127.0.0.1',
      fetch(request, server) {
        const { pathname, search } = new URL(request.url)
        const protocols = request.headers.get('sec-websocket-protocol')
        const headers = protocols === null ? {} : { 'sec-websocket-protocol': 'innkeeper.v1' }
        const data = { path: pathname + search, protocols, frames: [] }
        return server.upgrade(request, { data, headers }) ? undefined : new Response(null, { status: 400 })
      },
      websocket: {
        data: { path: '', protocols: null, frames: [] },
        open: (socket) => void this.#sockets.push(new ScriptedSocket(socket, me)),
        message: (socket, text) => void socket.data.frames.push(JSON.parse(String(text))),
      },
    })
  }

  get origin(): string {
    return this.#server.url.origin
  }

  async nextSocket(): Promise<ScriptedSocket> {
    await until(() => this.#sockets.length > 0)
    const socket = this.#sockets.shift()
    if (socket === undefined) throw new Error('No socket came')
    return socket
  }

  stop(): void {
    void this.#server.stop(true)
  }
}
