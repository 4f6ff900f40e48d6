import process from 'node:process'

/**
 * What every peer prints once it listens: one JSON line with its port and the rooms that it opened.
 *
 * @param {{ port: number, rooms?: string[] }} ready
 */
export function announce(ready) {
  process.stdout.write(`${JSON.stringify({ ready: true, rooms: [], ...ready })}\n`)
}

/** Ends this process when the bench goes away, and collects garbage on SIGUSR2 so that memory can be compared. */
export function followParent() {
  process.stdin.on('end', () => process.exit(0)).resume()
  process.on('SIGUSR2', () => globalThis.gc?.())
}

/** How many rooms this server opens before it says that it is ready. */
export const roomCount = Number(process.env.BENCH_ROOMS ?? 10)
