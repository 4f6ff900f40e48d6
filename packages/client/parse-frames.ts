import type { ServerFrame } from '@innkeeper/protocol/frames'
import type { Whereabouts } from './connection-state'

/** @returns the frame, or undefined for what this version does not know: the contract may grow */
export function parseServerFrame(text: string): ServerFrame | undefined {
  const frame = parseObject(text)
  if (frame === undefined) return undefined
  switch (frame['type']) {
    case 'welcome':
      return isSeq(frame['seq']) && isPlayer(frame['you']) && Array.isArray(frame['players'])
        ? (frame as unknown as ServerFrame)
        : undefined
    case 'event':
      return isSeq(frame['seq']) && typeof frame['name'] === 'string'
        ? (frame as unknown as ServerFrame)
        : undefined
    case 'reject':
      return typeof frame['id'] === 'string' &&
        typeof frame['problem'] === 'object' &&
        frame['problem'] !== null
        ? (frame as unknown as ServerFrame)
        : undefined
    case 'presence':
      return typeof frame['uuid'] === 'string' ? (frame as unknown as ServerFrame) : undefined
    case 'expiring':
      return typeof frame['inSeconds'] === 'number' ? (frame as unknown as ServerFrame) : undefined
    case 'renewed':
      return typeof frame['expiresIn'] === 'number' ? (frame as unknown as ServerFrame) : undefined
    case 'draining':
      return typeof frame['reconnectInMs'] === 'number' ? (frame as unknown as ServerFrame) : undefined
    default:
      return undefined
  }
}

/** What a close frame's reason says; a proxy's plain words end up as `type`. */
export interface CloseWords {
  readonly type: string
  readonly retryAfterMs?: number
  readonly where?: Whereabouts
}

/** @returns the parts that are there and make sense */
export function parseCloseReason(reason: string): CloseWords {
  const parsed = parseObject(reason)
  if (parsed === undefined || typeof parsed['type'] !== 'string') return { type: reason }
  const { type, retryAfterMs } = parsed
  const isWait = typeof retryAfterMs === 'number' && retryAfterMs >= 0
  const where = parseWhereabouts(parsed)
  return { type, ...(isWait && { retryAfterMs }), ...(where && { where }) }
}

/** @returns where a player is instead, as a problem or a close reason says it */
export function parseWhereabouts(fields: Readonly<Record<string, unknown>>): Whereabouts | undefined {
  const { roomId, since } = fields
  return typeof roomId === 'string' && typeof since === 'number' ? { roomId, sinceMs: since } : undefined
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isSeq(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

function isPlayer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'uuid' in value && typeof value.uuid === 'string'
}
