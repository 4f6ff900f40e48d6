import type { Random } from '@innkeeper/protocol/tools'

/**
 * A ticket's id: a UUIDv7 (RFC 9562). Its first 48 bits are the moment of issue in ms, finer than `iat`, so that a
 * kick can end all tickets from before it and none from after.
 */
export function createTicketId(nowMs: number, random: Random): string {
  // A version 4 UUID has its random bits where a version 7 has them.
  return writeTime(nowMs) + random.uuid().slice(15)
}

/** Dozens of tickets share a millisecond, and writing it costs more than the random rest. */
const latest = { ms: Number.NaN, text: '' }

/** @returns the id up to its version */
function writeTime(nowMs: number): string {
  if (nowMs !== latest.ms) {
    const time = nowMs.toString(16).padStart(12, '0')
    latest.text = `${time.slice(0, 8)}-${time.slice(8)}-7`
    latest.ms = nowMs
  }
  return latest.text
}

/** @returns epoch ms; 0 for an id that is none of ours, which is before any kick */
export function issuedAtMs(jti: string): number {
  const time = jti.slice(0, 8) + jti.slice(9, 13)
  return /^[0-9a-f]{12}$/.test(time) ? parseInt(time, 16) : 0
}
