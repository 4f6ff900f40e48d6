import type { Clock } from '@innkeeper/protocol/tools'

/** Real time, moved: what takes half an hour can be seen now. */
export interface TestClock {
  readonly now: Clock
  advance(ms: number): void
}

/** @param aheadMs  how far it is ahead of the real time from the start */
export function createTestClock(aheadMs = 0): TestClock {
  let offsetMs = aheadMs
  return {
    now: () => Date.now() + offsetMs,
    advance(ms) {
      offsetMs += ms
    },
  }
}
