import { createServer } from 'node:net'

/** @returns a TCP port of 127.0.0.1 that nobody listened on a moment ago */
export async function freePort(): Promise<number> {
  return (await listenOnce(0)) ?? freePort()
}

/**
 * A Redis Cluster node listens on its port and on its port + 10,000, so both have to be free.
 *
 * @returns a port from 20,000 to 29,999, below the range that the system hands out by itself
 */
export async function freePortPair(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const isFree = (await listenOnce(port)) !== undefined && (await listenOnce(port + 10_000)) !== undefined
  return isFree ? port : freePortPair()
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(undefined)
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : undefined)
      })
    })
  })
}
