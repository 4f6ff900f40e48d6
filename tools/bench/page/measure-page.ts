import type { Browser, BrowserContext, Page } from 'playwright-core'
import { until } from '../../../tests/support/until'
import { ask, crowd, type TakenSeat } from './crowded-table'
import { pageProbe } from './page-probe'

/** What a first load cost. */
export interface Load {
  /** As they came over the wire. */
  readonly scriptBytes: number
  /** Since the navigation began: shown, and no long task after that. */
  readonly interactiveMs: number
}

/** A browser as it is, or as a phone of some years ago would be. */
export type Throttle = 1 | 4

/** Who opens the page, and with what. */
export interface Opening {
  readonly url: string
  readonly throttle: Throttle
  readonly size: keyof typeof sizes
  /** Null: nobody sits anywhere, and the page is the home page. */
  readonly seat: TakenSeat | null
}

const quietMs = 1_000
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 360, height: 640 } } as const
/** On a phone the table is one panel, which is there once it has been fetched; on a desk the log is the last to fill. */
const selectors = {
  home: 'form button[type=submit]',
  phone: 'main > *',
  desk: 'ol > li[data-index]',
} as const

/** Opens a page in a browser that has never been here. */
export async function measureLoad(browser: Browser, where: Opening): Promise<Load> {
  const { context, page } = await openPage(browser, where)
  const selector = where.seat === null ? selectors.home : selectors[where.size]
  await page.goto(where.seat === null ? '/' : '/table')
  // Not asked more often: on a slow machine each question is a long task of its own.
  const interactiveMs = await until(() => settledMs(page, selector), { ms: 60_000, everyMs: 300 })
  const scriptBytes = await page.evaluate<number>(
    `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  )
  await context.close()
  return { scriptBytes, interactiveMs }
}

/** @returns when the page was ready, once it has been quiet since; else null */
async function settledMs(page: Page, selector: string): Promise<number | null> {
  return await page.evaluate<number | null>(
    `(() => {
      const { shownMs, longTaskEndMs } = window.benchProbe
      const readyMs = Math.max(shownMs[${JSON.stringify(selector)}] ?? Infinity, longTaskEndMs)
      return performance.now() > readyMs + ${quietMs} ? readyMs : null
    })()`,
  )
}

/** @returns for each event the milliseconds from the socket to the frame after its row was there, with the log whole */
export async function measureEvents(
  browser: Browser,
  where: {
    readonly url: string
    readonly throttle: Throttle
    readonly seat: TakenSeat
    readonly samples: number
  },
): Promise<readonly number[]> {
  const { url, seat, samples } = where
  const token = seat.accessToken
  const targets = await combatantsOf(url, token)
  const { context, page } = await openPage(browser, { ...where, size: 'desk' })
  await page.goto('/table')
  await page.locator(selectors.desk).first().waitFor()
  await readWholeLog(page)
  for (let count = 0; count < samples; count += 1) {
    const body = { targets: [{ id: targets[count % targets.length] }], parts: [{ amount: 1, type: 'fire' }] }
    await ask(url, '/api/combat/damage', { token, body })
    await until(async () => (await delaysOf(page)).length > count, { ms: 30_000 })
  }
  const delays = await delaysOf(page)
  await context.close()
  return delays.slice(0, samples)
}

async function delaysOf(page: Page): Promise<readonly number[]> {
  return await page.evaluate<readonly number[]>('window.benchProbe.delaysMs')
}

/** Scrolls back until the beginning is there, and to the end again. */
async function readWholeLog(page: Page): Promise<void> {
  const lastIndex = `Number([...document.querySelectorAll('ol > li[data-index]')].at(-1)?.dataset.index ?? -1)`
  const scroll = (to: string) =>
    `(() => { const { parentElement } = document.querySelector('ol:has(> li[data-index])'); parentElement.scrollTop = ${to} })()`
  await until(
    async () => {
      await page.evaluate(scroll('0'))
      await page.evaluate(scroll('parentElement.scrollHeight'))
      return (await page.evaluate<number>(lastIndex)) >= crowd.logRows - 1
    },
    { ms: 60_000, everyMs: 200, message: 'The whole log is read' },
  )
  await page.evaluate(scroll('parentElement.scrollHeight'))
}

async function combatantsOf(url: string, token: string): Promise<readonly string[]> {
  return parseIds(await ask(url, '/api/combat', { token }))
}

function parseIds(answer: unknown): readonly string[] {
  const { combat } = answer as { combat: { combatants: readonly { id: string }[] } }
  return combat.combatants.map(({ id }) => id)
}

async function openPage(
  browser: Browser,
  { url, throttle, size, seat }: Opening,
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[size],
    locale: 'en-GB',
    serviceWorkers: 'block',
  })
  await context.addInitScript(pageProbe)
  if (seat !== null)
    await context.addInitScript(`localStorage.setItem('innkeeper.seat', ${JSON.stringify(toStored(seat))})`)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  return { context, page }
}

/** @returns a seat in the form in which the page keeps it */
function toStored({ session, player, token, accessToken, refreshToken }: TakenSeat): string {
  const tokens = { access: accessToken, refresh: refreshToken }
  return JSON.stringify({ v: 1, session, player, tokens, channelToken: token })
}
