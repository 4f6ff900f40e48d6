import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { type Guest, invite, namesOf, openTable, phone, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

const notFetched = 'A part of the page could not be fetched.'

describe.skipIf(testChromium() === undefined)('a part that cannot be fetched (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** A game master whose line fails for one file of the page. */
  async function seatWithout(file: string): Promise<Guest> {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    await gm.page.route(`**/assets/${file}-*.js`, (route) => route.abort())
    await openTable(gm, 'Phandalin', 'Mira')
    await show(gm, 'Table')
    return gm
  }

  /** The line is back, and the page is opened again from where it says so. */
  async function openAnew({ page }: Guest): Promise<void> {
    await page.unrouteAll()
    await page.getByRole('alert').getByRole('button', { name: 'Open the page again' }).click()
    await page.getByText(notFetched).waitFor({ state: 'detached' })
  }

  it('is named where it would stand, and comes with the page when that is opened again', async () => {
    const gm = await seatWithout('people-panel')
    await gm.page.getByText(notFetched).waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await openAnew(gm)
    await expectSoon(() => namesOf(gm), ['Mira'])
    await gm.context.close()
  }, 60_000)

  it('is named in the line when it is a dialog, which opens once the page is', async () => {
    const gm = await seatWithout('settings-dialog')
    const settings = gm.page.getByRole('button', { name: /^Settings/ })
    await settings.click()
    await gm.page.getByText(notFetched).waitFor()
    expect(await gm.page.getByRole('dialog').count()).toBe(0)
    expect(await violationsOn(gm.page)).toEqual([])
    await openAnew(gm)
    await settings.click()
    await gm.page.getByRole('dialog').waitFor()
    await gm.context.close()
  }, 60_000)
})
