import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Waits until a page has drawn what it knows, and nothing fades or slides any more. */
export async function settle(page: Page): Promise<void> {
  // Not by the promises of the animations: one that is turned back half-way leaves its own open.
  await page.evaluate(`(async () => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const moves = ({ playState, effect }) => playState === 'running' && effect.getComputedTiming().endTime !== Infinity
    for (let frame = 0; frame < 3; frame += 1) await drawn()
    while (document.getAnimations().some(moves)) await drawn()
  })()`)
}

/** What of a page is searched, and for what: all of it for everything, when it is left out. */
export interface Search {
  /** A selector: the rest is searched elsewhere, and a whole page takes its time. */
  readonly within?: string
  readonly rules?: readonly string[]
}

/** @returns what axe says of a page once nothing moves */
export async function violationsOn(page: Page, { within, rules }: Search = {}): Promise<readonly string[]> {
  // A card that is still fading in has a contrast of its own.
  await settle(page)
  // Nothing of ours is in a frame: without looking for any, no page has to be opened to put the answers together.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (within !== undefined) axe.include(within)
  if (rules !== undefined) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
