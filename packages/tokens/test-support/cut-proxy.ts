import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A network between a client and a server that a test can cut and mend. */
export interface CutProxy {
  readonly port: number
  /** Ends every connection; new ones are refused. */
  cut(): void
  mend(): Promise<void>
}

/** Passes TCP connections on to `host:port`. */
export async function cutProxy(to: { readonly host: string; readonly port: number }): Promise<CutProxy> {
  const sockets = new Set<Socket>()
  let server = createPassage(to, sockets)
  const port = await listen(server, 0)
  return {
    port,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    async mend() {
      server = createPassage(to, sockets)
      await listen(server, port)
    },
  }
}

function createPassage(to: { readonly host: string; readonly port: number }, sockets: Set<Socket>): Server {
  return createServer((client) => {
    const upstream = connect(to.port, to.host)
    join(client, upstream, sockets)
    join(upstream, client, sockets)
  })
}

function join(socket: Socket, other: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.on('error', () => other.destroy())
  socket.on('close', () => {
    sockets.delete(socket)
    other.destroy()
  })
  socket.pipe(other)
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port')
  return address.port
}
