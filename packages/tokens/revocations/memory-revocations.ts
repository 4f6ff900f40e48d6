import type { Clock, Log } from '@innkeeper/protocol/tools'
import { createRevocationList } from './revocation-list'
import { defaultKeepMs, type Revocation, type Revocations } from './revocations'

/**
 * Revocations of a single node.
 *
 * @param options.load  what must still hold after a restart, from wherever sign-ins are kept; nothing unless told
 */
export function memoryRevocations(options: {
  readonly clock: Clock
  readonly log: Log
  /** No revocation is kept longer; more than the life of any token. 31 min unless told. */
  readonly keepMs?: number
  readonly load?: () => Promise<readonly Revocation[]>
}): Revocations {
  const list = createRevocationList(options)
  const keepMs = options.keepMs ?? defaultKeepMs
  return {
    isRevoked: (token) => list.has(token),
    revokeSignIn(sid, untilMs) {
      list.add({ kind: 'sign-in', sid, untilMs: Math.min(untilMs, options.clock() + keepMs) })
      return Promise.resolve()
    },
    revokePlayer(uuid, beforeMs) {
      list.add({ kind: 'player', uuid, beforeMs, untilMs: beforeMs + keepMs })
      return Promise.resolve()
    },
    announceLostKey(issuer) {
      list.add({ kind: 'keys', issuer, untilMs: options.clock() + keepMs })
      return Promise.resolve()
    },
    onRevoked: (listener) => list.onAdded(listener),
    async start() {
      for (const revocation of (await options.load?.()) ?? []) list.add(revocation)
    },
    close: () => Promise.resolve(),
  }
}
