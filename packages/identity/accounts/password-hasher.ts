import { AppError } from '@innkeeper/protocol/problems'
import { identityLimits } from '../identity-limits'

/** Turns passwords into what may be stored. Bytes count exactly as typed: no trimming, no Unicode normal form. */
export interface PasswordHasher {
  /** @throws AppError `unavailable` when too many wait */
  hash(password: string): Promise<string>
  /** @throws AppError `unavailable` when too many wait */
  verify(password: string, hash: string): Promise<boolean>
  /** Costs what `verify` costs, for a username that nobody has; never true. */
  verifyNobody(password: string): Promise<false>
}

/** What a hash costs. */
export interface HashCost {
  readonly memoryKiB: number
  readonly passes: number
}

/** OWASP's second choice for argon2id: 19 MiB and two passes, 20 ms. Bun's default is 64 MiB and 88 ms. */
export const defaultHashCost: HashCost = { memoryKiB: 19_456, passes: 2 }

/**
 * argon2id on Bun's thread pool, at most `hashesAtOnce` at a time, so that a crowd at the door costs a bounded amount
 * of memory and leaves the event loop alone.
 *
 * @param decoy  any text; the hash that a missing account is checked against is made of it
 */
export function createPasswordHasher(decoy: string, { memoryKiB, passes } = defaultHashCost): PasswordHasher {
  const cost = { algorithm: 'argon2id', memoryCost: memoryKiB, timeCost: passes } as const
  const gate = createGate(identityLimits.hashesAtOnce, identityLimits.hashesWaiting)
  const verify = (password: string, stored: string): Promise<boolean> =>
    gate(() => Bun.password.verify(Buffer.from(password), stored))
  const nobody = Bun.password.hashSync(Buffer.from(decoy), cost)
  return {
    hash: (password) => gate(() => Bun.password.hash(Buffer.from(password), cost)),
    verify,
    async verifyNobody(password) {
      await verify(password, nobody)
      return false
    },
  }
}

type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>

function createGate(atOnce: number, maxWaiting: number): Gate {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= maxWaiting) throw new AppError('unavailable', undefined, { retryAfterSeconds: 2 })
      // Whoever leaves hands over the place, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
