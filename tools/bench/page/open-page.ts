import type { Browser, Page } from 'playwright-core'
import { parseTakenSeat, toSeatText } from '../../../apps/web/src/services/seat'
import type { TakenSeat } from './crowded-table'
import { pageProbe, type shownBy } from './page-probe'

/** A browser as it is, or as a phone of some years ago would be. */
export type Throttle = 1 | 4

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 360, height: 640 } } as const

/** Who opens the page, and with what. */
export interface Opening {
  readonly url: string
  readonly size: keyof typeof sizes
  /** Null: nobody sits anywhere, and the page is the home page. */
  readonly seat: TakenSeat | null
  /** What has to be there before it can be used. */
  readonly shown: keyof typeof shownBy
}

/** A page of a browser that has never been here, with nothing loaded yet. */
export interface OpenPage {
  readonly page: Page
  /** Makes its processor slower from now on. */
  slowDown(throttle: Throttle): Promise<void>
  close(): Promise<void>
}

export async function openPage(browser: Browser, { url, size, seat, shown }: Opening): Promise<OpenPage> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[size],
    locale: 'en-GB',
    serviceWorkers: 'block',
  })
  await context.addInitScript(pageProbe(shown))
  if (seat !== null)
    await context.addInitScript(
      `localStorage.setItem('innkeeper.seat', ${JSON.stringify(toSeatText(parseTakenSeat(seat).seat))})`,
    )
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  return {
    page,
    slowDown: async (rate) => void (await session.send('Emulation.setCPUThrottlingRate', { rate })),
    close: () => context.close(),
  }
}
