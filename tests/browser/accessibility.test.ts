import { describe, expect, it } from 'bun:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { testChromium, until } from '../support/services'
import { desk, invite, joinByLink, labelsOf, openTable, phone, roll } from './at-the-table'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('accessibility (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  async function violationsOn(page: Page): Promise<readonly string[]> {
    // A card that is still fading in has a contrast of its own.
    await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))')
    const { violations } = await new AxeBuilder({ page }).analyze()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, viewport] of [
      ['a desk', desk],
      ['a phone', phone],
    ] as const) {
      it(`finds nothing to mend at ${name} in the ${colorScheme}`, async () => {
        const gm = await invite(browser(), inn().url, { viewport, colorScheme })
        await gm.page.goto('/')
        await gm.page.getByRole('heading', { level: 1 }).waitFor()
        expect(await violationsOn(gm.page)).toEqual([])

        const code = await openTable(gm, 'Phandalin', 'Mira')
        for (const expression of ['2d20kh1+5 # axe', '6x4d6kh3', '8d6/2 [fire]']) await roll(gm, expression)
        await until(async () => (await gm.page.locator('ol > li.card').count()) === 3)
        expect(await violationsOn(gm.page)).toEqual([])
        await gm.page.getByRole('button', { name: 'Invite' }).click()
        await gm.page.getByRole('dialog').waitFor()
        expect(await violationsOn(gm.page)).toEqual([])

        const player = await invite(browser(), inn().url, { viewport, colorScheme })
        await joinByLink(player, code, 'Lia')
        await roll(player, '4d6kh9')
        await player.page.getByText('More dice are kept').waitFor()
        await player.context.setOffline(true)
        await player.page.getByText('Connection lost').waitFor()
        expect(await violationsOn(player.page)).toEqual([])
        await gm.context.close()
        await player.context.close()
      }, 60_000)
    }
  }

  it('gives every control on a phone 44 pixels to be touched', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    await openTable(gm, 'Phandalin', 'Mira')
    const controls = await gm.page
      .locator('button, a, select, input:not(.sr-only), label:has([type=radio])')
      .all()
    const boxes = await Promise.all(controls.map((control) => control.boundingBox()))
    const sizes = boxes.flatMap((box) => (box === null ? [] : [Math.min(box.width, box.height)]))
    // A pixel is the size of what only screen readers see.
    expect(sizes.filter((size) => size > 1 && size < 44)).toEqual([])
    expect(sizes.length).toBeGreaterThanOrEqual(15)
    expect(await gm.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(phone.width)
    await gm.context.close()
  }, 60_000)

  it('can be played with a keyboard alone', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await gm.page.goto('/')
    await gm.page.getByLabel('Name of the table').focus()
    await gm.page.keyboard.type('Phandalin')
    await gm.page.keyboard.press('Tab')
    await gm.page.keyboard.type('Mira')
    await gm.page.keyboard.press('Enter')
    await gm.page.getByRole('dialog').waitFor()
    await gm.page.keyboard.press('Escape')
    await until(async () => {
      await gm.page.keyboard.press('Tab')
      return (await gm.page.locator(':focus').textContent())?.trim() === 'd20'
    })
    await gm.page.keyboard.press('Enter')
    await until(async () => (await gm.page.locator('ol > li.card').count()) === 1)
    expect(await gm.page.locator('[aria-live=polite]').allTextContents()).toContainEqual(
      expect.stringMatching(/^Mira rolled 1d20: \d+$/),
    )
    expect(await labelsOf(gm)).toEqual([])
    await gm.context.close()
  }, 60_000)
})
