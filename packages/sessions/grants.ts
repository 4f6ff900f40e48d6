import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { Clock, Random } from '@innkeeper/protocol/tools'
import type { Device } from '@innkeeper/tokens/families/families'
import { createRecoveryKey } from './recovery-key'
import { hashSecret } from './secret-hash'
import type { Channel, SeatedPlayer, SeatKeys } from './seats/seats'
import type { SeatTokens, SignIns } from './sign-ins'

/** A seat and what opens it on one device. The tokens are shown this once; at most their hashes are kept. */
export interface DeviceGrant extends SeatedPlayer, SeatTokens {
  readonly channelToken: string
}

/** The same with a new recovery key, which is shown this once too. */
export interface SeatGrant extends DeviceGrant {
  readonly recoveryKey: string
}

/** Who is asking: the address that limits count by, the device, and the account that was proved with it. */
export interface Caller {
  readonly limitKey: string
  readonly device: Device
  readonly accountUuid?: PlayerUuid
}

/** What a grant stands on. */
export interface GrantOptions {
  readonly signIns: SignIns
  readonly clock: Clock
  readonly random: Random
}

/**
 * Signs a device in at a seat.
 *
 * @param place  keeps the channel with the seat. Nothing stays of the sign-in when it throws
 */
export async function grantDevice(
  { signIns, clock, random }: GrantOptions,
  who: { readonly uuid: PlayerUuid; readonly device: Device },
  place: (channel: Channel) => Promise<SeatedPlayer>,
): Promise<DeviceGrant> {
  const { signIn, endsAt, tokens } = await signIns.start(who.uuid, who.device)
  const channelToken = random.uuid()
  const channel = { hash: hashSecret(channelToken), signIn, issuedAt: clock(), endsAt }
  try {
    return { ...(await place(channel)), ...tokens, channelToken }
  } catch (error) {
    await signIns.end(who.uuid, signIn, 'signed-out')
    throw error
  }
}

/** The same with a new recovery key, for who had no seat or comes back without any of their devices. */
export async function grantSeat(
  options: GrantOptions,
  who: { readonly uuid: PlayerUuid; readonly device: Device },
  place: (keys: SeatKeys) => Promise<SeatedPlayer>,
): Promise<SeatGrant> {
  const recoveryKey = createRecoveryKey(options.random)
  const recoveryHash = hashSecret(recoveryKey)
  const grant = await grantDevice(options, who, (channel) => place({ channel, recoveryHash }))
  return { ...grant, recoveryKey }
}
