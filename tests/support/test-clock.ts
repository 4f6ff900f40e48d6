import type { Clock } from '@innkeeper/protocol/tools'

/** Time as a test wants it: what takes half an hour can be seen now. */
export interface TestClock {
  readonly now: Clock
  advance(ms: number): void
}

/** Real time, moved. @param aheadMs  how far it is ahead from the start */
export function createTestClock(aheadMs = 0): TestClock {
  let offsetMs = aheadMs
  return {
    now: () => Date.now() + offsetMs,
    advance(ms) {
      offsetMs += ms
    },
  }
}

/** Stands still until it is moved: for limits that are met to the millisecond. */
export function createStoppedClock(): TestClock {
  let nowMs = Date.now()
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms
    },
  }
}
