import { createHash } from 'node:crypto'

/**
 * How a channel token or a recovery key is kept: 64 hexadecimal characters. One plain SHA-256 is enough, and a slow
 * password hash would add nothing: the secrets are 122 and 99 random bits, so there is no list of likely ones to try,
 * and a look-up by hash needs the same secret to give the same hash (no salt).
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
