import type { RingKey } from '../room-record'

/** A key ring as text, for stores. */
export function formatKeys(keys: readonly RingKey[]): string {
  return JSON.stringify(
    keys.map((key) => ({ ...key, secret: Buffer.from(key.secret).toString('base64url') })),
  )
}

/** Reads back what `formatKeys` wrote. */
export function parseKeys(text: string): readonly RingKey[] {
  const keys = JSON.parse(text) as (Omit<RingKey, 'secret'> & { secret: string })[]
  return keys.map((key) => ({ ...key, secret: new Uint8Array(Buffer.from(key.secret, 'base64url')) }))
}
