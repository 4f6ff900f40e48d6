import type { Clock, Log, Random } from '@innkeeper/protocol/tools'

/** A clock that stands still until it is moved. Starts at a whole second plus some milliseconds. */
export interface StillClock {
  readonly clock: Clock
  nowMs: number
}

export function stillClock(): StillClock {
  const still = { nowMs: 1_795_296_000_250, clock: () => still.nowMs }
  return still
}

/** The system's randomness, as an app would hand it in. */
export const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
  below: (bound) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound,
}

/** A log that can be read. */
export function keptLog(): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = []
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  }
  return {
    log: { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') },
    lines,
  }
}
