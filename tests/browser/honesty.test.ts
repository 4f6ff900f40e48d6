import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { closeDialog, desk, hasItsCode, namesOf, phone } from './at-the-table'
import { seedEvening, takeSeat } from './seeded-evening'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('an honest connection (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('is quiet for 5 s, then shows a mark, words at 10 s and a warning at 20 s, and says all is well again', async () => {
    const { players } = await seedEvening(inn().url)
    const [seat] = players
    if (seat === undefined) throw new Error('Nobody came')
    const { page, context } = await takeSeat(browser(), inn().url, { seat, look: { viewport: phone } })
    const header = page.locator('header')
    await header.getByText('Synced').waitFor()
    const cutAt = performance.now()
    const tookS = () => (performance.now() - cutAt) / 1_000
    await context.setOffline(true)
    await header.getByText('Synced').waitFor({ state: 'detached' })
    const markAt = tookS()
    await header.getByText('Offline', { exact: true }).waitFor()
    const wordsAt = tookS()
    expect(await page.getByText('Connection lost at').count()).toBe(0)
    await page.getByText('Connection lost at').waitFor()
    const warningAt = tookS()
    expect([markAt, wordsAt, warningAt].map((at) => Math.round(at / 5) * 5)).toEqual([5, 10, 20])
    // One banner and one mark: nothing piles up.
    expect(await page.getByText('Connection lost at').count()).toBe(1)
    await context.setOffline(false)
    await header.getByText('Synced').waitFor()
    await expectSoon(() => page.getByText('Connection lost at').count(), 0)
    await context.close()
  }, 60_000)

  it('lists what waits, and lets it be called off before it goes out', async () => {
    const { players } = await seedEvening(inn().url)
    const [seat] = players
    if (seat === undefined) throw new Error('Nobody came')
    const look = { viewport: desk, serviceWorkers: 'allow' } as const
    const guest = await takeSeat(browser(), inn().url, { seat, look })
    const { page, context } = guest
    await page.locator('header').getByText('Synced').waitFor()
    await hasItsCode(guest)
    await context.setOffline(true)
    const input = page.getByRole('textbox', { name: 'What to roll' })
    for (const expression of ['3d6', '4d8']) {
      await input.fill(expression)
      await input.press('Enter')
    }
    await page.locator('header').getByRole('button', { name: 'Sending 2' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 actions wait').waitFor()
    await dialog.getByRole('listitem').filter({ hasText: '3d6' }).getByRole('button').click()
    await dialog.getByText('1 action waits').waitFor()
    await closeDialog(guest)
    await page.reload({ waitUntil: 'commit' }).catch(() => {})
    await context.setOffline(false)
    await page.reload()
    // What was tapped before the reload is done now, once, and what was called off never.
    const { tables } = await seedEvening(inn().url)
    const rolls = async () =>
      (await tables.done(seat, 'GET /api/dice/history')).json.rolls as readonly unknown[]
    await until(async () => (await rolls()).length > 0)
    expect(JSON.stringify(await rolls())).toContain('4d8')
    expect((await rolls()).length).toBe(1)
    await context.close()
  }, 60_000)

  it('[D4] has one of everybody after 50 reloads', async () => {
    const { gm, players } = await seedEvening(inn().url)
    const [seat] = players
    if (seat === undefined) throw new Error('Nobody came')
    const desktop = await takeSeat(browser(), inn().url, { seat: gm, look: { viewport: desk } })
    const names = await namesOf(desktop)
    const { page, context } = await takeSeat(browser(), inn().url, { seat, look: { viewport: phone } })
    for (let reload = 0; reload < 50; reload += 1) await page.reload({ waitUntil: 'domcontentloaded' })
    await page.locator('header').getByText('Synced').waitFor()
    await expectSoon(() => namesOf(desktop), names)
    await context.close()
    await desktop.context.close()
  }, 60_000)
})
