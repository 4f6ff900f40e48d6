/** The part of the Web Locks API that is used; absent in older browsers, Bun, and pages without https. */
export interface LockManagerLike {
  request<Result>(
    name: string,
    options: { signal: AbortSignal },
    work: () => Promise<Result>,
  ): Promise<Result>
}

const longestWaitMs = 8_000

/**
 * Runs `work` in one tab at a time, or after 8 s anyway: a frozen tab may hold the lock for ever, so what runs here
 * must be safe without it.
 */
export async function inOneTab<Result>(
  name: string,
  work: () => Promise<Result>,
  locks: LockManagerLike | undefined,
): Promise<Result> {
  if (locks === undefined) return await work()
  const progress = { hasStarted: false }
  const start = () => {
    progress.hasStarted = true
    return work()
  }
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(longestWaitMs) }, start)
  } catch (error) {
    if (progress.hasStarted) throw error
    return await work()
  }
}
