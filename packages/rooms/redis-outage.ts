import { isRedisOutage } from '@innkeeper/coordination/redis-outage'
import { AppError } from '@innkeeper/protocol/problems'

/**
 * A port whose methods answer `unavailable` while Redis is away, instead of a client library's error: HTTP makes 503
 * of it, a socket 4503, and both say when to come back.
 */
export function withOutages<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...args: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, args)
        return result instanceof Promise ? result.catch(translate) : result
      }
    },
  })
}

function translate(error: unknown): never {
  if (!isRedisOutage(error)) throw error
  throw new AppError('unavailable', 'The front desk cannot look things up for a moment', { retryAfterSeconds: 2 })
}
