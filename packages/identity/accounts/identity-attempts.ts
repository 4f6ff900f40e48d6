import {
  createAttemptLimit,
  memoryLimiter,
  type AttemptBudget,
  type AttemptLimit,
  type CreateLimiter,
} from '@innkeeper/web-kit/attempt-limits'

/** How often something may be tried. */
const identityBudgets = {
  /** Passwords tried for one username, right or wrong. A right one starts the count anew. */
  password: { points: 5, seconds: 15 * 60 },
  /** Passwords tried from one address. */
  passwordIp: { points: 100, seconds: 15 * 60 },
  /** Accounts made from one address. */
  registerIp: { points: 60, seconds: 60 * 60 },
  /** Refreshes of one sign-in: a browser with many tabs makes a handful at once, and then none for minutes. */
  refresh: { points: 60, seconds: 60 },
  refreshIp: { points: 600, seconds: 60 },
} as const satisfies Record<string, AttemptBudget>

/** The counters of all budgets: attempts are counted before anything expensive is done for them. */
export type IdentityAttempts = { readonly [Name in keyof typeof identityBudgets]: AttemptLimit }

/** @param create  makes the counters; in this process unless told */
export function createIdentityAttempts(create: CreateLimiter = memoryLimiter): IdentityAttempts {
  const limit = (name: keyof typeof identityBudgets): AttemptLimit =>
    createAttemptLimit(create(`identity:${name}`, identityBudgets[name]))
  return {
    password: limit('password'),
    passwordIp: limit('passwordIp'),
    registerIp: limit('registerIp'),
    refresh: limit('refresh'),
    refreshIp: limit('refreshIp'),
  }
}
