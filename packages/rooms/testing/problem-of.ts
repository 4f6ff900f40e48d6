import { AppError, type ProblemCode } from '@innkeeper/protocol/problems'
import type { Soon } from '@innkeeper/protocol/tools'

/** A promise of what will fail, or what may throw at once. */
type Call = Promise<unknown> | (() => Soon<unknown>)

/**
 * Waits for a call that is expected to fail. (`expect(…).rejects` stops the event loop while it waits in Bun 1.4, so
 * answers of the database thread never come.)
 *
 * @returns the code of its AppError, or undefined when it did not fail
 * @throws whatever else it threw
 */
export async function problemOf(call: Call): Promise<ProblemCode | undefined> {
  const error = await failureOf(call)
  if (error === undefined || error instanceof AppError) return error?.code
  throw error
}

/** @returns what the call threw, or undefined when it did not fail */
export async function failureOf(call: Call): Promise<Error | undefined> {
  try {
    await (typeof call === 'function' ? call() : call)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
