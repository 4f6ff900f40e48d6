import type { Browser, Page } from 'playwright-core'
import { until } from '../../../tests/support/until'
import { openPage, type Opening, type Throttle } from './open-page'

/** What a first load brings, in bytes as they came over the wire. */
export interface Weight {
  /** Of the scripts that were fetched until the page was interactive. */
  readonly firstBytes: number
  /** Of those that the page fetched ahead in its own time. */
  readonly laterBytes: number
}

/** Longer than the page rests before it fetches ahead what may be wanted. */
const restMs = 3_000

/**
 * Opens a page in a browser that has never been here.
 *
 * @returns milliseconds since the navigation began until it was shown, and no task of more than 50 ms after that
 */
export async function measureLoad(
  browser: Browser,
  where: Opening & { readonly throttle: Throttle },
): Promise<number> {
  const { page, slowDown, close } = await openPage(browser, where)
  await slowDown(where.throttle)
  const interactiveMs = await load(page, where)
  await close()
  return interactiveMs
}

/** Opens a page in such a browser, and waits until it has all it wants. */
export async function weighLoad(browser: Browser, where: Opening): Promise<Weight> {
  const { page, close } = await openPage(browser, where)
  const interactiveMs = await load(page, where)
  await until(() => hasRested(page), { ms: 60_000, everyMs: 300 })
  const firstBytes = await scriptBytes(page, `startTime < ${interactiveMs}`)
  const laterBytes = await scriptBytes(page, `startTime >= ${interactiveMs}`)
  await close()
  return { firstBytes, laterBytes }
}

async function load(page: Page, { seat }: Opening): Promise<number> {
  await page.goto(seat === null ? '/' : '/table')
  return await page.evaluate<number>('window.benchProbe.interactiveMs')
}

/** @returns whether nothing has been fetched for so long that the page has all it wants */
async function hasRested(page: Page): Promise<boolean> {
  return await page.evaluate<boolean>(
    `Math.max(...performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd)) + ${restMs} < performance.now()`,
  )
}

/** @param which  a condition on a resource's `startTime` (ms since the navigation) */
async function scriptBytes(page: Page, which: string): Promise<number> {
  return await page.evaluate<number>(
    `performance.getEntriesByType('resource')
      .filter(({ name, startTime }) => name.endsWith('.js') && ${which})
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  )
}
