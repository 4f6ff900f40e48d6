import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { phone } from './at-the-table'
import { overflowOf, speakPseudo } from './pseudo-locale'
import { scenes } from './scenes'
import { openStage, type StageOptions } from './stage'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('on a phone (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** @returns what does not fit, by the scene */
  async function overflowIn(options: Pick<StageOptions, 'language' | 'prepare'>, mark = '') {
    const stage = await openStage(browser(), { url: inn().url, look: { viewport: phone }, ...options })
    const found: Record<string, readonly string[]> = {}
    for (const scene of scenes) {
      const page = await stage.open(scene)
      await page.locator('body', { hasText: mark }).waitFor()
      const overflow = await overflowOf(page)
      if (overflow.length > 0) found[scene.name] = overflow
    }
    await stage.close()
    return found
  }

  it('every page has room for a language that is a third longer', async () => {
    expect(await overflowIn({ language: 'pt-BR', prepare: speakPseudo }, '~~')).toEqual({})
  }, 300_000)
})
