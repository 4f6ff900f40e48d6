import { describe, expect, it } from 'bun:test'
import { createSessionLimits, defaultBudgets } from './session-limits'

describe('the limits of sessions', () => {
  it('let forty tabs refresh at once', () => {
    expect(defaultBudgets.refreshPerSignIn.points).toBeGreaterThanOrEqual(60)
  })

  it('[SEC-152] stop all but the allowed ones of many at once', async () => {
    const { wrongKey } = createSessionLimits(defaultBudgets)
    const tries = await Promise.allSettled(Array.from({ length: 100 }, () => wrongKey.consume('ip')))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(10)
  })
})
