const outageNames = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError', 'AbortError'])
const outageTexts = /Command timed out|Connection is closed|ECONNREFUSED|ECONNRESET|CLUSTERDOWN|LOADING|READONLY|TRYAGAIN|Failed to refresh slots|Cluster isn't ready|Stream isn't writeable/

/** @returns whether this is Redis being away (down, restarting, failing over), and not a mistake of ours */
export function isRedisOutage(error: unknown): boolean {
  return error instanceof Error && (outageNames.has(error.name) || outageTexts.test(error.message))
}
