import { expect } from 'bun:test'
import { until, type UntilOptions } from '../support/services'

/**
 * Expects of a page what may take it a moment. A failure says how far it came.
 *
 * @param read  looked at again and again; when it throws, it is asked again
 * @param expected  as for `toEqual`
 */
export async function expectSoon<T>(
  read: () => T | Promise<T>,
  expected: NoInfer<T>,
  options?: UntilOptions,
): Promise<void> {
  await until(async () => {
    const now: unknown = await read()
    expect(now).toEqual(expected)
    return true
  }, options)
}
