import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** A network between a client and a server that a test can cut and mend. */
export interface CutProxy {
  readonly port: number
  cut(): void
  mend(): void
  close(): void
}

/** Passes TCP connections on to `host:port`. */
export async function cutProxy(to: { readonly host: string; readonly port: number }): Promise<CutProxy> {
  const state = { isCut: false }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    if (state.isCut) return client.destroy()
    const upstream = connect(to.port, to.host)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
    return undefined
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port')

  function cut(): void {
    state.isCut = true
    for (const socket of sockets) socket.destroy()
  }

  return {
    port: address.port,
    cut,
    mend() {
      state.isCut = false
    },
    close() {
      cut()
      server.close()
    },
  }
}
