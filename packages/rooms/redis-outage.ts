import { isRedisOutage, withDeadline } from '@innkeeper/coordination/redis-outage'
import { AppError } from '@innkeeper/protocol/problems'

/** A call on a port waits this long for Redis. */
const answerMs = 2_000

/**
 * A port whose methods answer `unavailable` while Redis is away, instead of a client library's error: HTTP makes 503
 * of it, a socket 4503, and both say when to come back.
 *
 * @param patient  methods that wait for something else than Redis, and see to their own deadline
 */
export function withOutages<Port extends object>(port: Port, patient: readonly (keyof Port)[] = []): Port {
  const patientNames = new Set<PropertyKey>(patient)
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...args: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, args)
        if (!(result instanceof Promise)) return result
        return (patientNames.has(name) ? result : withDeadline(result, answerMs)).catch(translate)
      }
    },
  })
}

function translate(error: unknown): never {
  if (!isRedisOutage(error)) throw error
  throw new AppError('unavailable', 'The front desk cannot look things up for a moment', {
    retryAfterSeconds: 2,
  })
}
