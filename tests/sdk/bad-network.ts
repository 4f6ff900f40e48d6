import { connect, createServer, type Server, type Socket } from 'node:net'

/** Both halves of one connection, and what is done to it. */
interface Wire {
  readonly near: Socket
  readonly far: Socket
  delayMs: number
  isFrozen: boolean
}

/** A network between clients and a server: whoever connects to `port` reaches the server, as long as a test lets them. */
export interface BadNetwork {
  readonly port: number
  /** Breaks a connection, with whatever was on its way. @param nth  of the open ones, from any number */
  cut(nth: number): void
  /** Everything from now on arrives so much later, in order. */
  delay(nth: number, ms: number): void
  /** Nothing arrives any more, and nobody is told: a phone in a tunnel. */
  freeze(nth: number): void
  close(): Promise<void>
}

/** @param serverPort  where the server listens; it may go away and come back */
export async function openBadNetwork(serverPort: number): Promise<BadNetwork> {
  const wires = new Set<Wire>()
  const proxy = createServer((near) => {
    const wire = { near, far: connect(serverPort, '127.0.0.1'), delayMs: 0, isFrozen: false }
    wires.add(wire)
    joinEnds(wire, () => wires.delete(wire))
  })
  const pick = (nth: number) => {
    const moving = [...wires].filter(({ isFrozen }) => !isFrozen)
    return moving[nth % Math.max(1, moving.length)]
  }
  const change = (nth: number, fields: Partial<Wire>) => {
    const wire = pick(nth)
    if (wire) Object.assign(wire, fields)
  }
  const cut = (wire: Wire | undefined) => {
    wire?.near.destroy()
    wire?.far.destroy()
  }
  return {
    port: await listen(proxy),
    cut: (nth) => cut(pick(nth)),
    delay: (nth, delayMs) => change(nth, { delayMs }),
    freeze: (nth) => change(nth, { isFrozen: true }),
    async close() {
      for (const wire of wires) cut(wire)
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

function joinEnds(wire: Wire, ended: () => void): void {
  const { near, far } = wire
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    let arrival = Promise.resolve()
    from.on('data', (bytes) => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, wire.delayMs))
      arrival = Promise.all([arrival, late]).then(() => {
        if (!wire.isFrozen && !to.destroyed) to.write(bytes)
      })
    })
    from.on('error', () => from.destroy())
    from.on('close', () => {
      // An end of a frozen line is not seen at the other: that is what makes it half-open.
      if (!wire.isFrozen) void arrival.then(() => to.destroy())
      if (near.destroyed) ended()
    })
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address) resolve(address.port)
      else reject(new Error('The proxy has no port'))
    })
  })
}
