const outageNames = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError', 'AbortError'])
/** What the client library says when the line is gone, and what a Redis says that cannot do its work now. */
const outageTexts = [
  /Command timed out|Socket timeout|Connection is closed|Stream isn't writeable|Socket closed/,
  /\b(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)\b/,
  /^(BUSY|CLUSTERDOWN|LOADING|MASTERDOWN|MISCONF|NOAUTH|NOPERM|NOREPLICAS|OOM|READONLY|TRYAGAIN)\b|max number of clients/,
  /Failed to refresh slots|Cluster is|Cluster isn't ready|startup nodes|Node is disconnected|Cluster redirections/,
]

/** @returns whether this is Redis being away (down, restarting, failing over), and not a mistake of ours */
export function isRedisOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return outageNames.has(error.name) || outageTexts.some((text) => text.test(error.message))
}

/**
 * Waits for Redis so long and no longer. A command has its own time-out only once it is on its way; before that it
 * may stand behind a pipeline that hangs, or wait for a Cluster that never comes up.
 *
 * @throws Error that `isRedisOutage` knows, after `ms`; the work itself goes on, unheard
 */
export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`Command timed out: no answer within ${ms} ms`)), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
