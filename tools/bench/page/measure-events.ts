import type { Browser, Page } from 'playwright-core'
import { until } from '../../../tests/support/until'
import { ask, crowd, type TakenSeat } from './crowded-table'
import { openPage, type Throttle } from './open-page'
import { shownBy } from './page-probe'

/** Milliseconds from the socket to the paint of an event's row, one for each event. */
export interface Delays {
  readonly throttle: Throttle
  readonly samples: readonly number[]
}

/** Lets things happen at a table whose page has read its whole log. @param samples  events at each speed */
export async function measureEvents(
  browser: Browser,
  {
    url,
    seat,
    throttles,
    samples,
  }: {
    readonly url: string
    readonly seat: TakenSeat
    readonly throttles: readonly Throttle[]
    readonly samples: number
  },
): Promise<readonly Delays[]> {
  const targets = await combatantsOf(url, seat.accessToken)
  const { page, slowDown, close } = await openPage(browser, { url, seat, size: 'desk', shown: 'log' })
  await page.goto('/table')
  await page.locator(shownBy.log).first().waitFor()
  await readWholeLog(page)
  const measured: Delays[] = []
  for (const throttle of throttles) {
    await slowDown(throttle)
    await page.evaluate('window.benchProbe.delaysMs.length = 0')
    for (let count = 0; count < samples; count += 1) await hit(targets[count % targets.length], count)
    measured.push({ throttle, samples: (await delaysOf(page)).slice(0, samples) })
  }
  await close()
  return measured

  async function hit(target: string | undefined, before: number): Promise<void> {
    const body = { targets: [{ id: target }], parts: [{ amount: 1, type: 'fire' }] }
    await ask(url, '/api/combat/damage', { token: seat.accessToken, body })
    await until(async () => (await delaysOf(page)).length > before, { ms: 30_000, everyMs: 20 })
  }
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
    { ms: 60_000, everyMs: 100, message: 'The whole log is read' },
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
