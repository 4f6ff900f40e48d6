import { connect } from 'node:net'

/**
 * Writes bytes to a server and collects what comes back until the server closes, or `isEnough` says so.
 *
 * @returns everything that was answered, as latin1
 */
export async function rawExchange(
  url: string,
  bytes: string | Uint8Array,
  isEnough: (answer: string) => boolean = () => false,
): Promise<string> {
  const { hostname, port } = new URL(url)
  const done = Promise.withResolvers<string>()
  let answer = ''
  const socket = connect(Number(port), hostname, () => socket.write(bytes))
  const timer = setTimeout(() => done.resolve(answer), patienceMs)
  socket.on('error', () => {}) // A reset ends the answer like any other end.
  socket.on('close', () => done.resolve(answer))
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
    if (isEnough(answer)) done.resolve(answer)
  })
  try {
    return await done.promise
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

const patienceMs = 3_000

/** The status lines in what came back: one per answer. */
export function statusesOf(answer: string): readonly number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))
}
