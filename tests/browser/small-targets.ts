import type { Page } from 'playwright-core'

/** Runs in the page: what can be touched and is smaller than 44 pixels. Links within a text are as high as the text. */
const findSmallTargets = (within: string) => `(() => {
  const root = [...document.querySelectorAll('${within}')].at(-1)
  const found = []
  const targets = 'button, a, select, textarea, input, label:has(input[type=checkbox], input[type=radio])'
  for (const target of root.querySelectorAll(targets)) {
    const { width, height } = target.getBoundingClientRect()
    const smaller = Math.min(width, height)
    // A pixel is the size of what only screen readers see; a box to tick is touched by its label.
    if (smaller <= 1 || smaller >= 43.5 || !target.checkVisibility({ visibilityProperty: true })) continue
    if (target.matches('input[type=checkbox], input[type=radio]') && target.closest('label')) continue
    if (target.matches('a') && getComputedStyle(target).display === 'inline') continue
    const name = target.getAttribute('aria-label') ?? target.textContent.trim().slice(0, 40)
    found.push('small: ' + target.tagName.toLowerCase() + ' “' + name + '” ' + width + 'x' + height)
  }
  return found
})()`

/**
 * @param within  a selector; of several parts of the page that it fits, the last is looked at
 * @returns what is too small for a finger, in words; empty when nothing is
 */
export async function smallTargetsOf(page: Page, within = 'body'): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(findSmallTargets(within))
}
