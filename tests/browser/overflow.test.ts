import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { phone } from './at-the-table'
import { overflowOf, speakPseudo } from './pseudo-locale'
import { openStage, scenes } from './scenes'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('on a phone (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('every page has room for a language that is a third longer', async () => {
    const look = { viewport: phone }
    const stage = await openStage(browser(), { url: inn().url, look, prepare: speakPseudo })
    const found: Record<string, readonly string[]> = {}
    // What an act does, it finds by English words.
    for (const scene of scenes.filter(({ act }) => act === undefined)) {
      const page = await stage.open(scene)
      expect(await page.locator('body').textContent()).toContain('~~')
      const overflow = await overflowOf(page)
      if (overflow.length > 0) found[scene.name] = overflow
    }
    expect(found).toEqual({})
    await stage.close()
  }, 120_000)

  it.each(['ru', 'pt-BR'])(
    'every page has room for %s',
    async (locale) => {
      const look = { viewport: phone, locale }
      const stage = await openStage(browser(), { url: inn().url, look })
      const found: Record<string, readonly string[]> = {}
      for (const scene of scenes.filter(({ act }) => act === undefined)) {
        const overflow = await overflowOf(await stage.open(scene))
        if (overflow.length > 0) found[scene.name] = overflow
      }
      expect(found).toEqual({})
      await stage.close()
    },
    120_000,
  )
})
