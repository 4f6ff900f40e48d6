import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { askForTable, desk, type Guest, invite, namesOf, openTable, phone, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

const notOpened = 'The page could not be opened.'
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

  /** It is said, for everybody to read; then the line is back, and the page is opened again from where it says so. */
  async function openAnew({ page }: Guest, said = notFetched): Promise<void> {
    await page.getByText(said).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Open the page again' }).click()
    await page.getByText(said).waitFor({ state: 'detached' })
  }

  it('is named where it would stand, and comes with the page when that is opened again', async () => {
    const gm = await seatWithout('people-panel')
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
    await openAnew(gm)
    await settings.click()
    await gm.page.getByRole('dialog').waitFor()
    await gm.context.close()
  }, 60_000)

  for (const file of ['index', 'en', 'home-page', 'en-late']) {
    it(`is named in a page that cannot be opened without it: ${file}`, async () => {
      const someone = await invite(browser(), inn().url, { viewport: phone })
      const { page } = someone
      await page.route(new RegExp(`/assets/${file}-[\\w-]{8}\\.js$`), (route) => route.abort())
      await page.goto('/')
      await openAnew(someone, notOpened)
      await page.getByRole('heading', { name: 'A table is ready' }).waitFor()
      await someone.context.close()
    }, 60_000)
  }

  it('is named in the language that was chosen, without any of the page', async () => {
    const someone = await invite(browser(), inn().url, { viewport: desk, locale: 'de-DE' })
    const { page } = someone
    await page.goto('/')
    await page.getByLabel('Language').selectOption('Русский')
    await expectSoon(() => page.evaluate<string>('document.documentElement.lang'), 'ru')
    await page.route('**/assets/**', (route) => route.abort())
    await page.reload()
    await page.getByText('Страницу не удалось открыть.').waitFor()
    await page.getByRole('button', { name: 'Открыть страницу заново' }).waitFor()
    await someone.context.close()
  }, 60_000)

  it('is waited for with a word, and the page opens over it', async () => {
    const someone = await invite(browser(), inn().url, { viewport: phone })
    const { page } = someone
    const line = Promise.withResolvers<undefined>()
    await page.route('**/assets/home-page-*.js', async (route) => {
      await line.promise
      await route.continue()
    })
    await page.goto('/', { waitUntil: 'commit' })
    await page.getByText('The page is on its way.').waitFor()
    line.resolve(undefined)
    await page.getByRole('heading', { name: 'A table is ready' }).waitFor()
    expect(await page.getByText('The page is on its way.').count()).toBe(0)
    await someone.context.close()
  }, 60_000)

  it('is tried again without a tap on a TV', async () => {
    const tv = await invite(browser(), inn().url, { viewport: desk })
    const { page } = tv
    await page.clock.install()
    await page.route('**/assets/screen-page-*.js', (route) => route.abort())
    await page.goto('/screen')
    await page.getByText(notOpened).waitFor()
    await page.unrouteAll()
    await page.clock.fastForward(15_000)
    await page.getByLabel('Code').waitFor()
    await tv.context.close()
  }, 60_000)

  it('is no second seat for whoever sits down when the table is the part that is missing', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    await gm.page.route('**/assets/table-page-*.js', (route) => route.abort())
    await askForTable(gm, 'Phandalin', 'Mira')
    await openAnew(gm)
    await expectSoon(() => namesOf(gm), ['Mira'])
    await gm.context.close()
  }, 60_000)
})
