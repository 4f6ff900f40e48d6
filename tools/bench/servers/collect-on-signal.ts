/** Preloaded into Bun servers by the bench alone: collects garbage on SIGUSR2, so that memory can be compared. */
process.on('SIGUSR2', () => Bun.gc(true))
