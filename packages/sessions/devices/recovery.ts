import { AppError } from '@innkeeper/protocol/problems'
import { grantSeat, type Caller, type GrantOptions, type SeatGrant } from '../grants'
import { createRecoveryKey, parseRecoveryKey } from '../recovery-key'
import { hashSecret } from '../secret-hash'
import type { Seats } from '../seats/seats'
import type { SeatHolder } from '../session-authenticator'
import type { SessionLimits } from '../session-limits'

/** Coming back to a seat with nothing but its recovery key. */
export interface Recovery {
  /**
   * The same seat on another device: earlier tokens die with their sockets, and the key is replaced by a new one.
   *
   * @throws AppError `recovery-failed` | `too-many`
   */
  recover(recoveryKey: string, caller: Caller): Promise<SeatGrant>
  /**
   * A new recovery key; the old one is dead at once.
   *
   * @throws AppError `too-many` | `token-invalid` for a seat that is gone
   */
  renewKey(holder: SeatHolder): Promise<string>
}

/** What recovery stands on. */
export interface RecoveryOptions extends GrantOptions {
  readonly seats: Seats
  readonly limits: SessionLimits
  /** How long a used recovery key may be used again, for when its answer was lost on the way. */
  readonly recoveryGraceMs: number
}

/** Recovery of seats that `createTables` gave out. */
export function createRecovery(options: RecoveryOptions): Recovery {
  return {
    recover: (recoveryKey, caller) => recover(options, recoveryKey, caller),
    async renewKey({ uuid }) {
      await options.limits.newKey.consume(uuid)
      const key = createRecoveryKey(options.random)
      if (!(await options.seats.renewRecovery(uuid, hashSecret(key)))) throw new AppError('token-invalid')
      return key
    },
  }
}

async function recover(options: RecoveryOptions, typed: string, caller: Caller): Promise<SeatGrant> {
  const { seats, signIns, clock, recoveryGraceMs: graceMs } = options
  const { wrongKey } = options.limits
  await wrongKey.consume(caller.limitKey)
  const key = parseRecoveryKey(typed)
  if (key === undefined) throw new AppError('recovery-failed')
  const [hash, window] = [hashSecret(key), { nowMs: clock(), graceMs }]
  const owner = await seats.findByRecovery(hash, window)
  if (owner === undefined) throw new AppError('recovery-failed')
  const { uuid } = owner.seat
  const grant = await grantSeat(options, { uuid, device: caller.device }, async (keys) => {
    const player = await seats.recover(hash, keys, window)
    if (player === undefined) throw new AppError('recovery-failed')
    // After the sign-in began, so that of two devices with one key at the same moment at most one stays signed in.
    await signIns.endAll(uuid, { keep: keys.channel.signIn, reason: 'seat-recovered' })
    return player
  })
  await wrongKey.refund(caller.limitKey)
  return grant
}
