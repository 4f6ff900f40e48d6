/** The effects that rules and services receive as arguments, so that tests can hold them still. */

/** Now, in milliseconds since the epoch. */
export type Clock = () => number

/** Where randomness comes from. The adapter in `apps/` uses the operating system's generator. */
export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array
  /** A random UUID, version 4. */
  uuid(): string
  /** A uniformly distributed integer from 0 up to, not including, `bound` (1 to 2^31). */
  below(bound: number): number
}

/** What services report while they work; an app turns it into structured lines. Never hand it a token. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** For tests and tools that have nowhere to report to. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** @returns makes a value when it is first asked for, and hands out the same ever after; a failure is tried again */
export function once<Value>(create: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: create() }).value
}

/** A value that is at hand, or on its way. */
export type Soon<Value> = Value | Promise<Value>

/**
 * Goes on with a value, at once where it is at hand: what is asked thousands of times a second is mostly in memory, and
 * a promise for every step costs more than the steps (docs/decisions/0022). `await` takes a `Soon` too.
 */
export function andThen<Value, Next>(value: Soon<Value>, next: (value: Value) => Soon<Next>): Soon<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Goes on after a failure, whether it was thrown or is a promise's. */
export function orElse<Value>(
  attempt: () => Soon<Value>,
  recover: (error: unknown) => Soon<Value>,
): Soon<Value> {
  try {
    const value = attempt()
    return value instanceof Promise ? value.catch(recover) : value
  } catch (error) {
    return recover(error)
  }
}

/** Makes a `switch` over a union fail to compile when a member is forgotten. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
