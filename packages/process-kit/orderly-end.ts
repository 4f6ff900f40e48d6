import type { Log } from '@innkeeper/protocol/tools'

/** An end that takes longer than this is cut short. */
const endWithinMs = 4_500

/**
 * Ends the process in order on SIGTERM, SIGINT and SIGHUP, and at once on an error that nobody caught: after that the
 * state in memory cannot be trusted, and what players were told is in the journal.
 */
export function endInOrder(stop: () => Promise<void>, log: Log): void {
  let isEnding = false
  const end = async (reason: string): Promise<void> => {
    if (isEnding) return
    isEnding = true
    log.info({ reason }, 'Stopping')
    setTimeout(() => {
      log.error({ afterMs: endWithinMs }, 'Stopping took too long')
      process.exit(1)
    }, endWithinMs).unref()
    await stop()
    log.info({}, 'Stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => void end(signal).catch((error: unknown) => die(error, log)))
  }
  process.on('uncaughtException', (error) => die(error, log))
  process.on('unhandledRejection', (error) => die(error, log))
}

function die(error: unknown, log: Log): never {
  log.error({ error }, 'An error that nobody caught; the process ends')
  process.exit(1)
}
