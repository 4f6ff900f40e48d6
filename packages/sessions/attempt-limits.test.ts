import { describe, expect, it } from 'bun:test'
import { AppError } from '@innkeeper/protocol/problems'
import { createAttemptLimits, defaultBudgets, type AttemptLimits } from './attempt-limits'

describe('attempt limits', () => {
  it('allow the points of a budget and refuse one more, saying when to come back', async () => {
    const limits = limitsOf(3)
    await consumeTimes(limits, 3)
    const refusal = await refusalOf(limits.wrongKey.consume('ip'))
    expect(refusal.code).toBe('too-many')
    expect(refusal.extras.retryAfterSeconds).toBeGreaterThan(590)
    await limits.wrongKey.consume('another ip')
  })

  it('stop all but the allowed ones of many at once [SEC-152]', async () => {
    const limits = limitsOf(5)
    const tries = await Promise.allSettled(Array.from({ length: 100 }, () => limits.wrongKey.consume('ip')))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(5)
  })

  it('count nothing for an attempt that was refunded', async () => {
    const limits = limitsOf(3)
    for (const key of Array.from({ length: 10 }, () => 'ip')) {
      await limits.wrongKey.consume(key)
      await limits.wrongKey.refund(key)
    }
    await consumeTimes(limits, 3)
    expect((await refusalOf(limits.wrongKey.consume('ip'))).code).toBe('too-many')
  })

  it('let forty tabs refresh at once', () => {
    expect(defaultBudgets.refreshPerSignIn.points).toBeGreaterThanOrEqual(60)
  })
})

function limitsOf(points: number): AttemptLimits {
  return createAttemptLimits({ ...defaultBudgets, wrongKey: { points, seconds: 60, pauseSeconds: 600 } })
}

async function consumeTimes(limits: AttemptLimits, times: number): Promise<void> {
  for (const key of Array.from({ length: times }, () => 'ip')) await limits.wrongKey.consume(key)
}

async function refusalOf(attempt: Promise<void>): Promise<AppError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw new Error('it was allowed')
}
