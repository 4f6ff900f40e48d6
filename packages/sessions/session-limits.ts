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
  /** Whole tables that are brought in per address: reading one is dear. */
  readonly bring: AttemptBudget
  /** Seats asked for per address, given or refused: a whole table may come at once. */
  readonly join: AttemptBudget
  /** Screens that ask to look on, per address. */
  readonly watch: AttemptBudget
  /** Rolls by REST per seat; a socket has its own measure. */
  readonly roll: AttemptBudget
  /** Whole logs, and whole tables, that a seat takes home. */
  readonly keep: AttemptBudget
  /** Wrong join codes per address. */
  readonly wrongCode: AttemptBudget
  /** Wrong recovery keys per address. */
  readonly wrongKey: AttemptBudget
  /** Wrong pairing codes per address. */
  readonly wrongPairing: AttemptBudget
  /** Claims to seats per address, and per table: its game master has to answer each. */
  readonly claim: AttemptBudget
  readonly claimPerTable: AttemptBudget
  /** How often an address may ask what became of its claims. */
  readonly claimAnswer: AttemptBudget
  /** Pairing codes and recovery keys per seat. */
  readonly newKey: AttemptBudget
  /** What a seat changes about itself and, as the game master's, about others. */
  readonly change: AttemptBudget
  /** Devices that an account signs in at its tables without a key. */
  readonly enter: AttemptBudget
  /** Refreshes per sign-in. It is a burst as well: many tabs that wake together all refresh, and all must succeed. */
  readonly refreshPerSignIn: AttemptBudget
  /** Refreshes per address: a whole table behind one router. */
  readonly refreshPerIp: AttemptBudget
}

/** What a fresh start uses. */
export const defaultBudgets: SessionBudgets = {
  create: { points: 60, seconds: 3600 },
  bring: { points: 20, seconds: 3600 },
  join: { points: 60, seconds: 60 },
  watch: { points: 60, seconds: 60 },
  roll: { points: 240, seconds: 60 },
  keep: { points: 30, seconds: 600 },
  wrongCode: { points: 20, seconds: 60 },
  wrongKey: { points: 10, seconds: 600, pauseSeconds: 600 },
  wrongPairing: { points: 10, seconds: 600, pauseSeconds: 600 },
  claim: { points: 10, seconds: 600 },
  claimPerTable: { points: 30, seconds: 600 },
  claimAnswer: { points: 120, seconds: 60 },
  newKey: { points: 20, seconds: 600 },
  change: { points: 120, seconds: 60 },
  enter: { points: 20, seconds: 600 },
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
    bring: limit('bring'),
    join: limit('join'),
    watch: limit('watch'),
    roll: limit('roll'),
    keep: limit('keep'),
    wrongCode: limit('wrongCode'),
    wrongKey: limit('wrongKey'),
    wrongPairing: limit('wrongPairing'),
    claim: limit('claim'),
    claimPerTable: limit('claimPerTable'),
    claimAnswer: limit('claimAnswer'),
    newKey: limit('newKey'),
    change: limit('change'),
    enter: limit('enter'),
    refreshPerSignIn: limit('refreshPerSignIn'),
    refreshPerIp: limit('refreshPerIp'),
  }
}
