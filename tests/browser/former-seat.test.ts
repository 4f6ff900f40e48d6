import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { askAs, seatOf, seatTextOf } from './ask-as'
import { desk, type Guest, invite, openTable } from './at-the-table'
import { expectSoon } from './expect-soon'
import { snapshotOf } from './kept-snapshot'
import { useInn } from './use-inn'

const draftOf = ({ page }: Guest) =>
  page.evaluate<string | null>(`sessionStorage.getItem('innkeeper.draft.new')`)
const writeDraft = `sessionStorage.setItem('innkeeper.draft.new', '{"name":"Skarn"}')`

describe.skipIf(testChromium() === undefined)('a seat that is gone (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('leaves nothing for the seat that another tab has taken: no view, no draft, no snapshot', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await openTable(gm, 'Phandalin', 'Mira')
    await askAs(gm, 'POST /api/characters', { name: 'Gundren', isHidden: true })
    await until(async () => (await snapshotOf(gm)).includes('Gundren'))
    await gm.page.evaluate(writeDraft)
    await gm.page.goto('/table/as/watcher')
    await gm.page.getByRole('heading', { name: 'stranger' }).waitFor()

    const other = { ...gm, page: await gm.context.newPage() }
    await openTable(other, 'Waterdeep', 'Volo')
    await gm.page.waitForURL('**/table')
    await expectSoon(() => draftOf(gm), null)
    await until(async () => !(await snapshotOf(other)).includes('Gundren'))
    await gm.context.close()
  }, 60_000)

  it('leaves nothing for the next one where its tab was closed before it came to that', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await openTable(gm, 'Phandalin', 'Mira')
    await until(async () => (await snapshotOf(gm)).includes('Phandalin'))
    await gm.page.evaluate(writeDraft)
    await gm.page.evaluate(
      "window.addEventListener('pagehide', () => localStorage.removeItem('innkeeper.seat'))",
    )
    await gm.page.goto('/')
    await gm.page.getByRole('button', { name: 'Open the table' }).waitFor()
    await until(async () => (await snapshotOf(gm)) === '""')
    await expectSoon(() => draftOf(gm), null)
    await gm.context.close()
  }, 60_000)

  it('takes no other seat with it when its table closes', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await openTable(gm, 'Phandalin', 'Mira')
    const elsewhere = await invite(browser(), inn().url, { viewport: desk })
    await openTable(elsewhere, 'Waterdeep', 'Volo')
    const former = await seatOf(gm)
    // As if another tab had sat down there, and this one had slept through it: a tab hears nothing of its own writing.
    await gm.page.evaluate(`localStorage.setItem('innkeeper.seat', '${await seatTextOf(elsewhere)}')`)
    await fetch(`${inn().url}/api/session`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${former.tokens.access}` },
    })
    await gm.page.getByText('(4404)').waitFor()
    expect(await seatTextOf(gm)).toBe(await seatTextOf(elsewhere))
    await Promise.all([gm.context.close(), elsewhere.context.close()])
  }, 60_000)
})
