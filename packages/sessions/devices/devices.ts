import type { SignInId } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Family } from '@innkeeper/tokens/families/families'
import { grantDevice, type Caller, type DeviceGrant, type GrantOptions } from '../grants'
import { hashSecret } from '../secret-hash'
import type { Seats } from '../seats/seats'
import type { SeatHolder } from '../session-authenticator'
import type { SessionLimits } from '../session-limits'
import { createPairingCode, parsePairingCode } from './pairing-code'
import type { PairingCodes } from './pairing-codes'

/** A code to type on another device, and how many seconds there are for that. */
export interface Pairing {
  readonly code: string
  readonly expiresIn: number
}

/** The devices that are signed in at a seat: one sign-in each. */
export interface Devices {
  /** Newest use first. */
  list(holder: SeatHolder): Promise<readonly Family[]>
  /** Ends a device's tokens and sockets. @throws AppError `not-found` when this seat has no such device */
  remove(holder: SeatHolder, id: SignInId): Promise<void>
  /** A code for one more device; the one before it is dead. @throws AppError `too-many` */
  offer(holder: SeatHolder): Promise<Pairing>
  /**
   * Signs one more device in; those that are there stay.
   *
   * @param code  as typed
   * @throws AppError `pairing-failed` | `too-many`
   */
  pair(code: string, caller: Caller): Promise<DeviceGrant>
}

/** What devices stand on. */
export interface DevicesOptions extends GrantOptions {
  readonly seats: Seats
  readonly pairingCodes: PairingCodes
  readonly limits: SessionLimits
}

const pairingSeconds = 300
const codeTries = 5

/** The devices of seats that `createTables` gave out. */
export function createDevices(options: DevicesOptions): Devices {
  const { seats, signIns } = options
  return {
    list: ({ uuid }) => signIns.list(uuid),
    async remove({ uuid }, id) {
      if (!(await signIns.end(uuid, id, 'removed-by-owner')))
        throw new AppError('not-found', 'There is no such device')
      await seats.dropChannel(id)
    },
    offer: (holder) => offer(options, holder),
    pair: (code, caller) => pair(options, code, caller),
  }
}

async function offer(options: DevicesOptions, { uuid, signIn }: SeatHolder): Promise<Pairing> {
  const { pairingCodes, limits, random, clock } = options
  await limits.newKey.consume(uuid)
  const endsAt = clock() + pairingSeconds * 1_000
  for (let tries = 1; tries <= codeTries; tries += 1) {
    const code = createPairingCode(random)
    const kept = await pairingCodes.put({ uuid, signIn, hash: hashSecret(code), endsAt })
    if (kept === 'kept') return { code, expiresIn: pairingSeconds }
  }
  throw new Error(`No free pairing code in ${codeTries} tries`)
}

async function pair(options: DevicesOptions, typed: string, caller: Caller): Promise<DeviceGrant> {
  const { seats, signIns, pairingCodes, limits, clock } = options
  await limits.wrongPairing.consume(caller.limitKey)
  const code = parsePairingCode(typed)
  const pairing = code === undefined ? undefined : await pairingCodes.redeem(hashSecret(code), clock())
  if (pairing === undefined) throw new AppError('pairing-failed')
  const { uuid, signIn } = pairing
  const grant = await grantDevice(options, { uuid, device: caller.device }, async (channel) => {
    // Looked at after the new sign-in began: what ends all of a seat's sign-ins either finds the new one, or is seen here.
    const isGood = await signIns.isAlive(uuid, signIn)
    const player = isGood ? await seats.addChannel(uuid, channel) : undefined
    if (player === undefined || player.session.closedAt !== undefined) throw new AppError('pairing-failed')
    return player
  })
  await limits.wrongPairing.refund(caller.limitKey)
  return grant
}
