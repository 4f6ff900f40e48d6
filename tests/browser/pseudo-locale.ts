import { readdirSync } from 'node:fs'
import { buildWeb } from '@innkeeper/web/build'
import type { BrowserContext, Page } from 'playwright-core'

/**
 * Puts in the place of Portuguese an English that is a third longer and full of accents, which is what a long language
 * does to a layout. The English texts are stretched on their way to the page; placeholders and plural forms stay.
 */
export async function speakPseudo(context: BrowserContext): Promise<void> {
  const english = readdirSync(`${await buildWeb()}/assets`)
    .filter((name) => /^en-[\w-]+\.js$/.test(name))
    .map((name) => `/assets/${name}`)
  await context.route(/\/assets\/pt-br-[\w-]+\.js$/, async (route) => {
    const original = await route.fetch()
    const code = await original.text()
    const isLate = route.request().url().includes('pt-br-late-')
    // The words of the table travel under the same name, and are Portuguese to the end.
    if (!isLate && !code.includes('site:{')) return route.fulfill({ response: original })
    return route.fulfill({
      contentType: 'text/javascript',
      body: `
        const modules = await Promise.all(${JSON.stringify(english)}.map((path) => import(path)))
        const { texts } = modules
          .map(({ en, enLate }) => ({ texts: ${isLate ? 'enLate' : 'en'} }))
          .find(({ texts }) => texts?.${isLate ? 'home' : 'site'} !== undefined)
        const accents = { a: 'å', e: 'ë', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'Ë', I: 'Ï', O: 'Ø', U: 'Ü' }
        const stretchForm = (form) => {
          const said = form.replace(/\\{\\w+\\}|[aeiouAEIOU]/g, (found) => accents[found] ?? found)
          const more = '~'.repeat(Math.ceil(form.trim().length / 3))
          // A sentence grows by words, a word by letters.
          return form.trim().includes(' ') ? said + ' ' + more.replace(/~{6}/g, '$& ') : said + more
        }
        const stretch = (value) =>
          typeof value === 'string'
            ? value.split('|').map(stretchForm).join('|')
            : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, stretch(inner)]))
        export const ${isLate ? 'ptBRLate' : 'ptBR'} = stretch(texts)
      `,
    })
  })
}

/** Runs in the page: what sticks out of the window, and what is cut off without saying so. */
const findOverflow = `(() => {
  const wide = document.documentElement.clientWidth
  const isContained = (element) => {
    for (let box = element.parentElement; box !== null; box = box.parentElement)
  {
      const { overflowX, textOverflow } = getComputedStyle(box)
      if (/auto|scroll/.test(overflowX) && box.scrollWidth > box.clientWidth) return true
      if (overflowX === 'hidden' && textOverflow === 'ellipsis') return true
    }
    return false
  }
  const nameOf = (element) => element.tagName.toLowerCase() + ' “' + (element.textContent ?? '').trim().slice(0, 60) + '”'
  const found = []
  if (document.documentElement.scrollWidth > wide) found.push('the page is ' + document.documentElement.scrollWidth + ' px wide')
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    // What only screen readers see is a pixel wide.
    if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden' || element.closest('[aria-hidden=true]')) continue
    if (box.right > wide + 1 && !isContained(element)) found.push('sticks out: ' + nameOf(element))
    const isCut = style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1
    if (isCut && style.textOverflow !== 'ellipsis') found.push('is cut off: ' + nameOf(element))
  }
  return [...new Set(found)]
})()`

/** @returns what does not fit into the window, in words; empty when all does */
export async function overflowOf(page: Page): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(findOverflow)
}
