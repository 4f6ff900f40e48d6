import { describe, expect, it } from 'bun:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { testChromium, until } from '../support/services'
import { desk } from './at-the-table'
import { beginFight, button, current, hand, openFightStage, row } from './combat-stage'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('a fight led with the keyboard (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  const turnIs = (page: Page, name: string) =>
    until(async () => (await current(page).textContent())?.includes(name) === true)

  it('goes on, hurts, hampers and takes back without a mouse', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const { page, context, complaints } = await stage.sit(stage.gm, { viewport: desk })
    const { keyboard } = page
    const sheet = page.getByRole('dialog')

    await keyboard.press('n')
    await turnIs(page, 'Lia')
    await keyboard.press('p')
    await turnIs(page, 'Торин')

    // The third row: the first goblin.
    for (const _step of [1, 2, 3]) await keyboard.press('j')
    await keyboard.press('d')
    await keyboard.type('5 fi')
    await sheet.getByText('Goblin 1 · Damage: 5 fire').waitFor()
    await keyboard.press('Enter')
    await row(page, 'Goblin 1').getByText('2/7').waitFor()
    expect(await page.locator(':focus').getAttribute('data-row')).not.toBeNull()

    await keyboard.press('h')
    await sheet.waitFor()
    await keyboard.type('2d4')
    await keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await keyboard.press('j')
    await keyboard.press('c')
    await sheet.waitFor()
    await keyboard.type('caído')
    await keyboard.press('Enter')
    await sheet.getByRole('heading', { name: 'Prone' }).waitFor()
    await keyboard.press('Enter')
    await row(page, 'Goblin 2').getByText('Prone').waitFor()

    await keyboard.press('u')
    await row(page, 'Goblin 2').getByText('Prone').waitFor({ state: 'detached' })
    await keyboard.press('Shift+U')
    await row(page, 'Goblin 2').getByText('Prone').waitFor()

    await keyboard.press('x')
    await row(page, 'Goblin 2').getByText('Reaction used').waitFor()
    await keyboard.press('Alt+ArrowDown')
    await until(async () => {
      const names = await page.locator('ol > li > button[data-row]').allTextContents()
      return (
        names.findIndex((name) => name.includes('Goblin 2')) >
        names.findIndex((name) => name.includes('Goblin 3'))
      )
    })
    expect(complaints).toEqual([])
    await context.close()
  }, 90_000)

  it('hears no letters where they are switched off, and still tells how to switch them on', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const { page, context } = await stage.sit(stage.gm, { viewport: desk })
    await page.keyboard.press('?')
    await page.getByLabel('Keys of one letter are on').uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('n')
    await page.keyboard.press('d')
    await page.keyboard.press('?')
    await page.getByLabel('Keys of one letter are on').check()
    await page.keyboard.press('Escape')
    await turnIs(page, 'Торин')
    await page.keyboard.press('n')
    await turnIs(page, 'Lia')
    await context.close()
  }, 90_000)

  it('takes nothing for a command that is typed into a field', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const { page, context } = await stage.sit(stage.gm, { viewport: desk })
    await page.getByRole('textbox', { name: 'What to roll' }).fill('')
    await page.getByRole('textbox', { name: 'What to roll' }).pressSequentially('ndcu?')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await turnIs(page, 'Торин')
    await context.close()
  }, 90_000)

  it('lets a mouse drag a row to another place', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const { page, context } = await stage.sit(stage.gm, { viewport: desk })
    const grip = page.locator('ol > li').filter({ hasText: 'Dora' }).locator('[draggable=true]')
    await grip.dragTo(row(page, 'Lia'))
    await until(async () => (await page.locator('ol > li').nth(1).textContent())?.includes('Dora') === true)
    await row(page, 'Dora').getByText('18').waitFor()
    await context.close()
  }, 90_000)

  it('shows a player’s view without a single control', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const { page, context } = await stage.sit(stage.gm, { viewport: desk })
    await page.goto(`/table/as/${stage.players[0]?.player.uuid}`)
    await row(page, 'Goblin 1').waitFor()
    const panel = page.locator('section[aria-labelledby=fight-title]')
    expect(await panel.locator('button:not([data-row])').count()).toBe(0)
    expect(await button(page, 'End turn').count()).toBe(0)
    await page.keyboard.press('d')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await context.close()
  }, 90_000)

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [name, look] of [
      ['at a desk', { viewport: desk, colorScheme }],
      ['in a hand', { ...hand, colorScheme }],
    ] as const)
      it(`has nothing for axe to find ${name} in the ${colorScheme}`, async () => {
        const stage = await openFightStage(browser(), inn().url)
        await beginFight(stage)
        await stage.does('POST /api/combat/conditions', { targets: [stage.heroes[1]], condition: 'stunned' })
        await stage.does('POST /api/combat/damage', { targets: [{ id: stage.heroes[0] }], amount: 24 })
        const { page, context } = await stage.sit(stage.gm, look)
        await row(page, 'Lia').getByText('Stunned').waitFor()
        await row(page, 'Goblin 2').click()
        expect(await violationsOn(page)).toEqual([])
        for (const key of ['d', 'c', 'e', '?']) {
          await page.keyboard.press(key)
          await page.getByRole('dialog').waitFor()
          expect([key, ...(await violationsOn(page))]).toEqual([key])
          await page.keyboard.press('Escape')
          await page.getByRole('dialog').waitFor({ state: 'detached' })
        }
        await context.close()
      }, 90_000)
})

/** What of the page is the fight's own: the rest is searched by the test of the whole page. */
const ownParts = [
  'section[aria-labelledby=fight-title]',
  'form[aria-label="To be answered"]',
  '[role=dialog]',
] as const

async function violationsOn(page: Page): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
  for (const part of ownParts) if ((await page.locator(part).count()) > 0) axe.include(part)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
