import {
  createAttemptLimit,
  memoryLimiter,
  type AttemptBudget,
  type AttemptLimit,
  type CreateLimiter,
} from '@innkeeper/web-kit/attempt-limits'

/** The budgets of a session's REST. */
export interface SessionBudgets {
  /** New tables per address. */
  readonly create: AttemptBudget
  /** Seats asked for per address, given or refused: a whole table may come at once. */
  readonly join: AttemptBudget
  /** Rolls by REST per seat; a socket has its own measure. */
  readonly roll: AttemptBudget
  /** Wrong join codes per address. */
  readonly wrongCode: AttemptBudget
  /** Wrong recovery keys per address. */
  readonly wrongKey: AttemptBudget
  /** Refreshes per sign-in. It is a burst as well: many tabs that wake together all refresh, and all must succeed. */
  readonly refreshPerSignIn: AttemptBudget
  /** Refreshes per address: a whole table behind one router. */
  readonly refreshPerIp: AttemptBudget
}

/** What a fresh start uses. */
export const defaultBudgets: SessionBudgets = {
  create: { points: 60, seconds: 3600 },
  join: { points: 60, seconds: 60 },
  roll: { points: 240, seconds: 60 },
  wrongCode: { points: 20, seconds: 60 },
  wrongKey: { points: 10, seconds: 600, pauseSeconds: 600 },
  refreshPerSignIn: { points: 60, seconds: 60 },
  refreshPerIp: { points: 600, seconds: 60 },
}

/** The counters of all budgets. */
export type SessionLimits = { readonly [Name in keyof SessionBudgets]: AttemptLimit }

/** @param create  makes the counters; in this process unless told */
export function createSessionLimits(
  budgets: SessionBudgets,
  create: CreateLimiter = memoryLimiter,
): SessionLimits {
  const limit = (name: keyof SessionBudgets): AttemptLimit =>
    createAttemptLimit(create(`session:${name}`, budgets[name]))
  return {
    create: limit('create'),
    join: limit('join'),
    roll: limit('roll'),
    wrongCode: limit('wrongCode'),
    wrongKey: limit('wrongKey'),
    refreshPerSignIn: limit('refreshPerSignIn'),
    refreshPerIp: limit('refreshPerIp'),
  }
}
