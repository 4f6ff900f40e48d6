/** How `until` waits: for at most `ms`, looking every `everyMs`. `message` says what was waited for. */
export interface UntilOptions {
  readonly ms?: number
  readonly everyMs?: number
  readonly message?: string
}

type Falsy = false | undefined | null | 0 | ''

/**
 * Waits for a condition instead of for a time. A condition that throws counts as not met yet, and the last error
 * becomes the cause of the failure.
 *
 * @param condition  looked at now and then every `everyMs` (10) milliseconds
 * @returns what the condition returned, once that is truthy
 * @throws Error when it did not hold within `ms` (5,000)
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  options: UntilOptions = {},
): Promise<Exclude<T, Falsy>> {
  const { ms = 5_000, everyMs = 10, message = condition.toString() } = options
  const end = performance.now() + ms
  let cause: unknown
  for (;;) {
    try {
      const value = await condition()
      if (isTruthy(value)) return value
    } catch (error) {
      cause = error
    }
    if (performance.now() >= end) throw new Error(`Not within ${ms} ms: ${message}`, { cause })
    await Bun.sleep(everyMs)
  }
}

function isTruthy<T>(value: T): value is Exclude<T, Falsy> {
  return Boolean(value)
}
