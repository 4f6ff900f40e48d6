import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { askAs, seatOf } from './ask-as'
import { desk, invite, openTable } from './at-the-table'
import { useInn } from './use-inn'

/** Runs in the page: the snapshot that is kept, as text. */
const readSnapshot = `new Promise((resolve) => {
  const opening = indexedDB.open('innkeeper', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('snapshots')
  opening.onsuccess = () => {
    const reading = opening.result.transaction('snapshots').objectStore('snapshots').get('table')
    reading.onsuccess = () => {
      opening.result.close()
      resolve(JSON.stringify(reading.result ?? ''))
    }
  }
})`

const draft = `sessionStorage.getItem('innkeeper.draft.new')`
const writeDraft = `sessionStorage.setItem('innkeeper.draft.new', '{"name":"Skarn"}')`

describe.skipIf(testChromium() === undefined)('a seat that is gone (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('leaves nothing for the seat that another tab has taken: no view, no draft, no snapshot', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await openTable(gm, 'Phandalin', 'Mira')
    await askAs(gm, 'POST /api/characters', { name: 'Gundren', isHidden: true })
    await until(async () => (await gm.page.evaluate<string>(readSnapshot)).includes('Gundren'))
    await gm.page.evaluate(writeDraft)
    await gm.page.goto('/table/as/watcher')
    await gm.page.getByRole('heading', { name: 'stranger' }).waitFor()

    const other = { ...gm, page: await gm.context.newPage() }
    await openTable(other, 'Waterdeep', 'Volo')
    await gm.page.waitForURL('**/table')
    expect(await gm.page.evaluate<string | null>(draft)).toBeNull()
    await until(async () => !(await other.page.evaluate<string>(readSnapshot)).includes('Gundren'))
    await gm.context.close()
  }, 60_000)

  it('leaves nothing for the next one where its tab was closed before it came to that', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await openTable(gm, 'Phandalin', 'Mira')
    await until(async () => (await gm.page.evaluate<string>(readSnapshot)).includes('Phandalin'))
    await gm.page.evaluate(writeDraft)
    await gm.page.evaluate(
      "window.addEventListener('pagehide', () => localStorage.removeItem('innkeeper.seat'))",
    )
    await gm.page.goto('/')
    await gm.page.getByRole('button', { name: 'Open the table' }).waitFor()
    await until(async () => (await gm.page.evaluate<string>(readSnapshot)) === '""')
    expect(await gm.page.evaluate<string | null>(draft)).toBeNull()
    await gm.context.close()
  }, 60_000)

  it('takes no other seat with it when its table closes', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await openTable(gm, 'Phandalin', 'Mira')
    const elsewhere = await invite(browser(), inn().url, { viewport: desk })
    await openTable(elsewhere, 'Waterdeep', 'Volo')
    const former = await seatOf(gm)
    // As if another tab had sat down there, and this one had slept through it: a tab hears nothing of its own writing.
    await gm.page.evaluate(
      `localStorage.setItem('innkeeper.seat', '${JSON.stringify(await seatOf(elsewhere))}')`,
    )
    await fetch(`${inn().url}/api/session`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${former.tokens.access}` },
    })
    await gm.page.getByText('(4404)').waitFor()
    expect(await seatOf(gm)).toEqual(await seatOf(elsewhere))
    await Promise.all([gm.context.close(), elsewhere.context.close()])
  }, 60_000)
})
