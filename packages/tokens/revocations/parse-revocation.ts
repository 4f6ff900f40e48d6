import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { isJsonObject } from '../strict-json'
import type { Revocation } from './revocations'

/** @returns the revocation that another node wrote as JSON, or undefined when it is none */
export function parseRevocation(text: unknown): Revocation | undefined {
  if (typeof text !== 'string') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined // Not of ours: the caller reports it.
  }
  if (!isJsonObject(value)) return undefined
  const { kind, sid, uuid, issuer, beforeMs, untilMs } = value
  if (typeof untilMs !== 'number') return undefined
  if (kind === 'sign-in' && typeof sid === 'string') return { kind, sid: sid as SignInId, untilMs }
  if (kind === 'keys' && typeof issuer === 'string') return { kind, issuer, untilMs }
  if (kind !== 'player' || typeof uuid !== 'string' || typeof beforeMs !== 'number') return undefined
  return { kind, uuid: uuid as PlayerUuid, beforeMs, untilMs }
}
