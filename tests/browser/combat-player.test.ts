import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { desk } from './at-the-table'
import { beginFight, button, hand, openFightStage, row } from './combat-stage'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'

/** Runs before the page: counts how the phone hums, and whether its screen is held awake. */
const listening = `
  window.hums = []
  window.awake = 0
  Object.defineProperty(navigator, 'vibrate', { value: (pattern) => window.hums.push(pattern.length) })
  const lock = () => {
    window.awake += 1
    return { released: false, async release() { this.released = true; window.awake -= 1 } }
  }
  Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => lock() } })
`

/** What the screen shows where the row of the turn has its middle is that row's own. */
const isTurnInSight = `(() => {
  const row = document.querySelector('button[aria-current=step]')
  if (row === null) return false
  const { x, y, width, height } = row.getBoundingClientRect()
  return row.contains(document.elementFromPoint(x + width / 2, y + height / 2))
})()`

describe.skipIf(testChromium() === undefined)('a fight as a player has it (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('calls them when they are next and when it is their turn, and lets them end it', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const [, lia = stage.gm] = stage.players
    const { page, context, complaints } = await stage.sit(lia, hand, listening)
    const title = await page.title()
    await page.getByText('You are next, Lia the Wise').first().waitFor()
    await until(async () => (await page.evaluate<number>('window.awake')) === 1)

    await stage.does('POST /api/combat/next')
    await page.getByText('Your turn, Lia the Wise!').first().waitFor()
    const said = page.locator('section > p[aria-live=polite]')
    await said.getByText('Round 1. Your turn, Lia the Wise!').waitFor({ state: 'attached' })
    await expectSoon(() => page.title(), `Your turn · ${title}`)
    await expectSoon(() => page.evaluate<number[]>('window.hums'), [3])

    await page.getByRole('navigation').getByRole('link', { name: 'Log' }).tap()
    await button(page, 'End turn').tap()
    await page.getByText('Goblin 1 acts').first().waitFor()
    await expectSoon(() => page.title(), title)
    await expectSoon(() => button(page, 'End turn').count(), 0)

    await stage.does('POST /api/combat/end')
    await until(async () => (await page.evaluate<number>('window.awake')) === 0)
    await expectSoon(() => page.getByText('Goblin 1 acts').count(), 0)
    expect(complaints).toEqual([])
    await context.close()
  }, 90_000)

  it('shows whose turn it is to whoever comes back late in a round', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const [, lia = stage.gm] = stage.players
    for (let turn = 0; turn < 7; turn += 1) await stage.does('POST /api/combat/next')
    const { page, context } = await stage.sit(lia, hand)
    await until(() => page.evaluate<boolean>(isTurnInSight))
    await context.close()
  }, 60_000)

  it('gives them their own row to command, and no other', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const [, lia = stage.gm] = stage.players
    const { page, context } = await stage.sit(lia, hand)
    await row(page, 'Goblin 1').getByText('unhurt').waitFor()
    expect(await row(page, 'Mage').count()).toBe(0)
    for (const name of ['Next', 'Previous turn', 'End the fight', 'Add creatures'])
      expect([name, await button(page, name).count()]).toEqual([name, 0])

    await row(page, 'Goblin 1').tap()
    await row(page, 'Lia').tap()
    const sheet = page.getByRole('dialog')
    await button(page, 'Use reaction').tap()
    await button(page, 'Give reaction back').waitFor()
    // The tap on the goblin has opened none.
    expect(await sheet.count()).toBe(1)
    for (const name of ['Hide', 'Dead', 'Remove', 'Edit', 'Up in the order'])
      expect([name, await sheet.getByRole('button', { name, exact: true }).count()]).toEqual([name, 0])
    await button(page, 'Close').tap()
    await sheet.waitFor({ state: 'detached' })

    await button(page, 'HP').tap()
    for (const key of ['1', '0']) await button(page, key).tap()
    await button(page, 'Apply').tap()
    await row(page, 'Lia').getByText('14/24').waitFor()
    await button(page, 'Undo: damage · Lia the Wise').tap()
    await row(page, 'Lia').getByText('24/24').waitFor()
    await context.close()
  }, 90_000)

  it('asks them for the initiative that they roll, here or at the table', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await stage.does('POST /api/combat/combatants', {
      combatants: stage.heroes.map((id) => ({ kind: 'character', id })),
    })
    const [thorin = stage.gm, lia = stage.gm] = stage.players
    const [first, second] = [await stage.sit(thorin, hand), await stage.sit(lia, { viewport: desk })]
    const prompt = first.page.locator('form').filter({ hasText: 'Initiative!' })
    await prompt.getByLabel('As it was rolled at the table').fill('17')
    await prompt.getByRole('button', { name: 'Enter' }).tap()
    await prompt.waitFor({ state: 'detached' })
    await second.page
      .locator('form')
      .filter({ hasText: 'Initiative!' })
      .getByRole('button', { name: 'Roll' })
      .click()
    await until(async () => (await second.page.getByText('Initiative!').count()) === 0)
    await row(second.page, 'Торин').getByText('17').waitFor()
    await first.context.close()
    await second.context.close()
  }, 90_000)
})
