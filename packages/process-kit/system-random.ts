import { getRandomValues, randomInt, randomUUID } from 'node:crypto'
import type { Random } from '@innkeeper/protocol/tools'

/** The operating system's generator: fit for keys, tokens and dice alike. */
export const systemRandom: Random = {
  bytes: (count) => getRandomValues(new Uint8Array(count)),
  uuid: () => randomUUID(),
  below: (bound) => randomInt(bound),
}
