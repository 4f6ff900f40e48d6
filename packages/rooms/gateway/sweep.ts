import { closeCodes } from '@innkeeper/protocol/close-codes'
import { limits } from '@innkeeper/protocol/limits'
import type { Clock } from '@innkeeper/protocol/tools'
import type { Revocations } from '@innkeeper/tokens/revocations/revocations'
import type { Connection, Inside } from './connection'
import { isRevoked } from './entrance'

/** What a look over all sockets needs. */
export interface SweepOptions {
  readonly clock: Clock
  readonly revocations: Revocations
}

/** One look over all sockets. A timer per socket would cost more memory than the socket itself. */
export function sweep(connections: Iterable<Connection>, options: SweepOptions): void {
  const nowMs = options.clock()
  for (const connection of connections) {
    const { phase, wire } = connection
    if (wire && wire.getBufferedAmount() > limits.slowReaderBytes) {
      connection.close(closeCodes.tooSlow, { type: 'too-slow', retryAfterMs: 1_000 })
    } else if (phase.kind === 'hello' && phase.untilMs <= nowMs) {
      connection.close(closeCodes.noHello, { type: '/problems/token-invalid' })
    } else if (phase.kind === 'inside') {
      sweepInside(connection, phase, { ...options, nowMs })
    }
  }
}

function sweepInside(
  connection: Connection,
  inside: Inside,
  { revocations, nowMs }: SweepOptions & { nowMs: number },
): void {
  // The message of a revocation may have been lost; the list behind it is complete.
  if (isRevoked(revocations, inside.entry))
    return connection.close(closeCodes.revoked, { type: '/problems/session-revoked' })
  const { expiresAt } = inside.entry
  if (expiresAt === undefined) return
  if (expiresAt + limits.expiredGraceMs <= nowMs)
    return connection.close(closeCodes.ticketInvalid, { type: '/problems/token-invalid' })
  if (inside.isToldOfExpiry || expiresAt - limits.expiringBeforeMs > nowMs) return
  inside.isToldOfExpiry = true
  connection.send(
    JSON.stringify({ type: 'expiring', inSeconds: Math.max(0, Math.round((expiresAt - nowMs) / 1_000)) }),
  )
}
