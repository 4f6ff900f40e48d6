import { afterAll, beforeAll, expect } from 'bun:test'
import type { Browser } from 'playwright-core'
import { type Inn, openInn } from './inn'
import { launchBrowser } from './launch-browser'

/** An inn and a browser for the tests of one `describe`, from its first test to its last. */
export function useInn(): { inn(): Inn; browser(): Browser } {
  const shared: { inn?: Inn; browser?: Browser } = {}
  beforeAll(async () => {
    shared.inn = await openInn()
    shared.browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await shared.browser?.close()
    await shared.inn?.tearDown()
  }, 20_000)
  return {
    inn: () => shared.inn ?? expect.unreachable(),
    browser: () => shared.browser ?? expect.unreachable(),
  }
}
