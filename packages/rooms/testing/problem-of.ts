import { AppError, type ProblemCode } from '@innkeeper/protocol/problems'

/**
 * Waits for a call that is expected to fail. (`expect(…).rejects` stops the event loop while it waits in Bun 1.4, so
 * answers of the database thread never come.)
 *
 * @returns the code of its AppError, or undefined when it did not fail
 * @throws whatever else it threw
 */
export async function problemOf(call: Promise<unknown>): Promise<ProblemCode | undefined> {
  const error = await failureOf(call)
  if (error === undefined || error instanceof AppError) return error?.code
  throw error
}

/** @returns what the call threw, or undefined when it did not fail */
export async function failureOf(call: Promise<unknown>): Promise<Error | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
