import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { closeDialog, desk } from './at-the-table'
import { beginFight, button, hand, openFightStage, row, turnIs } from './combat-stage'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

describe.skipIf(testChromium() === undefined)('a fight led with the keyboard (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('goes on, hurts, hampers and takes back without a mouse', async () => {
    const stage = await openFightStage(browser(), inn().url)
    await beginFight(stage)
    const { page, context, complaints } = await stage.sit(stage.gm, { viewport: desk })
    const { keyboard } = page
    const sheet = page.getByRole('dialog')
    const field = sheet.locator('input:focus')

    await turnIs(page, 'Торин')
    await keyboard.press('n')
    await turnIs(page, 'Lia')
    await keyboard.press('p')
    await turnIs(page, 'Торин')

    // The third row: the first goblin.
    for (const _step of [1, 2, 3]) await keyboard.press('j')
    await keyboard.press('d')
    await field.waitFor()
    await keyboard.type('5 fi')
    await sheet.getByText('Goblin 1 · Damage: 5 fire').waitFor()
    await keyboard.press('Enter')
    await row(page, 'Goblin 1').getByText('2/7').waitFor()
    await page.locator('[data-row]:focus').waitFor()

    await keyboard.press('h')
    await field.waitFor()
    await keyboard.type('2d4')
    await closeDialog({ page })
    await page.locator('[data-row]:focus').waitFor()
    await keyboard.press('j')
    await keyboard.press('c')
    await field.waitFor()
    await keyboard.type('caído')
    await keyboard.press('Enter')
    await sheet.getByRole('heading', { name: 'Prone' }).waitFor()
    await keyboard.press('Enter')
    await row(page, 'Goblin 2').getByText('Prone').waitFor()
    await sheet.waitFor({ state: 'detached' })

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
    await turnIs(page, 'Торин')
    await page.keyboard.press('?')
    await page.getByLabel('Keys of one letter are on').uncheck()
    await closeDialog({ page })
    await page.keyboard.press('n')
    await page.keyboard.press('d')
    await page.keyboard.press('?')
    await page.getByLabel('Keys of one letter are on').check()
    await closeDialog({ page })
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
    await turnIs(page, 'Торин')
    // By now whatever the keys might have begun has come: the turn goes on by one, with no dialog in the way.
    await button(page, 'Next').click()
    await turnIs(page, 'Lia')
    expect(await page.getByRole('dialog').count()).toBe(0)
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
    // Time enough for a dialog to come: it would cover the button.
    await button(page, 'Refresh').click()
    await page.getByRole('button', { name: 'Refresh', disabled: false }).waitFor()
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
        const panel = 'section[aria-labelledby=fight-title]'
        expect(await violationsOn(page, { within: panel })).toEqual([])
        for (const key of ['d', 'c', 'e', '?']) {
          await page.keyboard.press(key)
          await page.getByRole('dialog').waitFor()
          expect([key, ...(await violationsOn(page, { within: '[role=dialog]' }))]).toEqual([key])
          await closeDialog({ page })
        }
        await context.close()
      }, 90_000)
})
