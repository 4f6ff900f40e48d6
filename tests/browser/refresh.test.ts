import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { seatTextOf } from './ask-as'
import { askForTable, desk, invite, openTable } from './at-the-table'
import { expectSoon } from './expect-soon'
import { askAtOnce, expireAccessToken, spoilBothTokens } from './tab-scripts'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('refresh in the browser (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  async function seatGm() {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    const answers: { readonly path: string; readonly status: number }[] = []
    gm.context.on('response', (response) => {
      answers.push({ path: new URL(response.url()).pathname, status: response.status() })
    })
    const count = (path: string, status: number) =>
      answers.filter((answer) => answer.path === path && answer.status === status).length
    await openTable(gm, 'Phandalin', 'Mira')
    // The page asks for the seat's news by itself: when the invitation opens, and a moment after it came to the table.
    await until(() => count('/api/session', 200) === 2)
    answers.length = 0
    return { gm, count }
  }

  it('answers ten refused requests with one refresh, and repeats them', async () => {
    const { gm, count } = await seatGm()
    await gm.page.evaluate(expireAccessToken)
    const before = await seatTextOf(gm)
    expect(await gm.page.evaluate<number[]>(askAtOnce(10))).toEqual(Array.from({ length: 10 }, () => 200))
    await expectSoon(() => count('/api/session', 200), 10)
    await expectSoon(() => count('/api/session', 401), 10)
    expect(count('/api/session/auth/refresh', 200)).toBe(1)
    expect(await seatTextOf(gm)).not.toBe(before)
    await gm.context.close()
  }, 60_000)

  it('refreshes once for several tabs', async () => {
    const { gm, count } = await seatGm()
    await gm.page.evaluate(expireAccessToken)
    const tabs = await Promise.all([1, 2, 3].map(() => gm.context.newPage()))
    await Promise.all(tabs.map((tab) => tab.goto('/')))
    await until(() => count('/api/session', 200) === 3)
    expect(count('/api/session/auth/refresh', 200)).toBe(1)
    for (const tab of tabs) await tab.getByText('Welcome back, Mira').waitFor()
    await gm.context.close()
  }, 60_000)

  it('says goodbye when the refresh token is dead, in every tab', async () => {
    const { gm } = await seatGm()
    await gm.page.evaluate(spoilBothTokens)
    const tab = await gm.context.newPage()
    await tab.goto('/')
    await tab.getByText('Join again to take a seat.').waitFor()
    await gm.page.getByRole('heading', { name: 'Join a table' }).waitFor()
    await expectSoon(() => seatTextOf(gm), null)
    await gm.context.close()
  }, 60_000)

  it('takes the seat along with its recovery key, and signs the old device out', async () => {
    const old = await invite(browser(), inn().url, { viewport: desk })
    await askForTable(old, 'Phandalin', 'Mira')
    const key = await old.page.getByRole('textbox', { name: 'Recovery key' }).inputValue()
    await old.page.getByRole('button', { name: 'I have saved it' }).click()

    const next = await invite(browser(), inn().url, { viewport: desk })
    await next.page.goto('/')
    await next.page.getByText('Come back with a recovery key').click()
    await next.page.getByLabel('Recovery key', { exact: true }).fill(key)
    await next.page.getByRole('button', { name: 'Take my seat back' }).click()
    await next.page.getByRole('button', { name: 'I have saved it' }).click()
    await next.page.getByRole('heading', { name: 'Phandalin' }).waitFor()
    await old.page.getByText('Join again to take a seat.').waitFor()
    await expectSoon(() => seatTextOf(old), null)
    await old.context.close()
    await next.context.close()
  }, 60_000)
})
