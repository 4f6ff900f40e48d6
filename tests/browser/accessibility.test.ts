import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { closeDialog, desk, invite, phone } from './at-the-table'
import { scenes } from './scenes'
import { smallTargetsOf } from './small-targets'
import { openStage } from './stage'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

describe.skipIf(testChromium() === undefined)('accessibility (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  for (const [name, viewport] of [
    ['a desk', desk],
    ['a phone, for fingers too', phone],
  ] as const)
    it(`finds nothing to mend on any panel and page at ${name}, in the light and in the dark`, async () => {
      const stage = await openStage(browser(), { url: inn().url, look: { viewport } })
      const found: Record<string, readonly string[]> = {}
      // Dialogs are looked at by the tests of their features; a desk is where the game master sits.
      const chosen = scenes.filter(
        ({ act, who }) => act === undefined && (viewport === phone || who === 'gm'),
      )
      for (const scene of chosen) {
        const page = await stage.open(scene)
        await page.emulateMedia({ colorScheme: 'light' })
        const small = viewport === phone ? await smallTargetsOf(page) : []
        const light = await violationsOn(page)
        // The dark changes colours and nothing else.
        await page.emulateMedia({ colorScheme: 'dark' })
        const problems = [...small, ...light, ...(await violationsOn(page, { rules: ['color-contrast'] }))]
        if (problems.length > 0) found[scene.name] = problems
      }
      expect(found).toEqual({})
      await stage.close()
    }, 300_000)

  it('can be played with a keyboard alone', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await gm.page.goto('/')
    await gm.page.getByLabel('Name of the table').focus()
    await gm.page.keyboard.type('Phandalin')
    await gm.page.keyboard.press('Tab')
    await gm.page.keyboard.type('Mira')
    await gm.page.keyboard.press('Enter')
    await closeDialog(gm)
    const die = gm.page.getByRole('button', { name: /d20$/ }).and(gm.page.locator(':focus'))
    await until(
      async () => {
        await gm.page.keyboard.press('Tab')
        return (await die.count()) === 1
      },
      { ms: 20_000 },
    )
    await gm.page.keyboard.press('Enter')
    const said = () => gm.page.locator('[aria-live=polite]').allTextContents()
    await until(async () => (await said()).some((text) => /^Mira rolls 1d20: \d+$/.test(text)))
    await gm.context.close()
  }, 60_000)
})
